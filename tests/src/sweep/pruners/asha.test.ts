import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ashaPruner } from "../../../../src/sweep/pruners/asha.js";
import type { Reports } from "../../../../src/sweep/trialRecord.js";

const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/sweep/asha.json", import.meta.url), "utf8"),
) as { recorded: (number | null)[]; eta: number; cutoff: number }[];

test.each(oracle)(
  "cuts off where NumPy's nanpercentile says: $recorded.length records, η = $eta",
  ({ recorded, eta, cutoff }) => {
    const others: Reports[] = recorded.map((value) => [[1, value ?? Number.NaN]]);
    const decide = (value: number) =>
      ashaPruner({ eta }).shouldPrune({ step: 1, reports: [[1, value]], others, direction: "maximize" });
    expect(decide(cutoff + 1e-9)).toBe(false);
    expect(decide(cutoff - 1e-9)).toBe(true);
  },
);

test("decides once at each rung, min·ηᵏ, at the first report that reaches it", () => {
  const pruner = ashaPruner({ eta: 3, minSteps: 2, maxSteps: 50 });
  const decisions: [number, number][] = [];
  const reports: [number, number][] = [];
  for (const step of [1, 2, 3, 5, 7, 8, 20, 53, 60, 200]) {
    reports.push([step, 0]);
    const rung = pruner.decisionStep(reports);
    if (rung !== undefined) decisions.push([step, rung]);
  }
  expect(decisions).toEqual([
    [2, 2],
    [7, 6],
    [20, 18],
  ]);
});

test.each([
  [{ eta: 1 }, /eta above 1.*given 1/],
  [{ minSteps: 0 }, /minSteps.*given 0/],
  [{ maxSteps: 1.5 }, /maxSteps.*given 1.5/],
])("refuses %j", (options, message) => {
  expect(() => ashaPruner(options)).toThrow(message);
});
