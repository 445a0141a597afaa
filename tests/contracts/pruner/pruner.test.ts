/** One suite over every pruner. */
import { describe, expect, test } from "vitest";
import { prunerNamed, prunerNames } from "../../../src/sweep/pruners/named.js";
import type { Reports } from "../../../src/sweep/trialRecord.js";

const others: Reports[] = Array.from({ length: 9 }, (_, i) => [
  [1, 10 + i],
  [2, 9 + i],
  [3, 8 + i],
]);
const upTo = (reports: Reports, step: number) =>
  reports.slice(0, reports.findIndex(([at]) => at >= step) + 1);

/** The decisions over a trial's reports, in turn. */
function judge(
  name: string,
  values: readonly number[],
  direction: "minimize" | "maximize" = "minimize",
): boolean[] {
  const pruner = prunerNamed(name);
  const sign = direction === "minimize" ? 1 : -1;
  return values.map((_, i) => {
    const reports: Reports = values.slice(0, i + 1).map((value, at) => [at + 1, sign * value]);
    const step = pruner.decisionStep(reports);
    if (step === undefined) return false;
    expect(step).toBeLessThanOrEqual(i + 1);
    const seen = others.map((other) => upTo(other, step).map(([at, value]) => [at, sign * value] as const));
    return pruner.shouldPrune({ step, reports, others: seen, direction });
  });
}

describe.each(prunerNames)("the pruner %s", (name) => {
  test("lets the best trial run", () => {
    expect(judge(name, [1, 1, 1])).toEqual([false, false, false]);
    expect(judge(name, [1, 1, 1], "maximize")).toEqual([false, false, false]);
  });

  test("decides the same for a maximised sweep with negated values", () => {
    for (const values of [
      [14, 13, 12],
      [10, 30, 8],
      [30, 30, 30],
      [12, 10, 9],
    ])
      expect(judge(name, values, "maximize")).toEqual(judge(name, values));
  });

  test("lets the first trial run, whatever it reports", () => {
    const pruner = prunerNamed(name);
    const reports: Reports = [[1, 1e9]];
    const step = pruner.decisionStep(reports);
    if (step !== undefined)
      expect(pruner.shouldPrune({ step, reports, others: [], direction: "minimize" })).toBe(false);
  });

  test("keeps its answer to itself: same decision, same answer", () => {
    expect(judge(name, [14, 13, 12])).toEqual(judge(name, [14, 13, 12]));
  });

  test("takes infinite reports of others", () => {
    const pruner = prunerNamed(name);
    const reports: Reports = [[1, 5]];
    const step = pruner.decisionStep(reports);
    if (step === undefined) return;
    const bad: Reports[] = Array.from({ length: 8 }, () => [[1, Number.POSITIVE_INFINITY]]);
    expect(pruner.shouldPrune({ step, reports, others: bad, direction: "minimize" })).toBe(false);
    const nan: Reports[] = Array.from({ length: 8 }, () => [[1, Number.NaN]]);
    expect(pruner.shouldPrune({ step, reports, others: nan, direction: "minimize" })).toBe(false);
  });

  test("its recorded options make it anew", () => {
    const pruner = prunerNamed(name);
    expect(prunerNamed(pruner.name, pruner.options).options).toEqual(pruner.options);
  });
});

describe.each(prunerNames.filter((name) => name !== "none"))("the pruner %s", (name) => {
  test("stops a trial that is worse than all others", () => {
    expect(judge(name, [30])).toEqual([true]);
  });

  test("stops a trial that reports NaN where others do not", () => {
    expect(judge(name, [Number.NaN])).toEqual([true]);
  });
});
