import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Distribution, sameDistribution } from "../../../src/sweep/distribution.js";
import { importances } from "../../../src/sweep/importances.js";
import type { Direction, TrialRecord } from "../../../src/sweep/trialRecord.js";

interface Case {
  direction: Direction;
  trials: Pick<TrialRecord, "params" | "distributions" | "value">[];
  importances: Record<string, number>;
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../oracles/sweep/importances.json", import.meta.url), "utf8"),
) as { cases: Case[] };

/** As a journal gives them back: equal definitions are one object. */
function trialsOf({ trials }: Case): TrialRecord[] {
  const known: Distribution[] = [];
  const shared = (distribution: Distribution) => {
    const found = known.find((other) => sameDistribution(other, distribution));
    if (!found) known.push(distribution);
    return found ?? distribution;
  };
  return trials.map((trial, number) => ({
    ...trial,
    number,
    distributions: Object.fromEntries(
      Object.entries(trial.distributions).map(([name, d]) => [name, shared(d)]),
    ),
    state: "complete",
    attempt: 1,
    proposal: {},
    intermediate: [],
    start: 0,
  }));
}

test.each(cases.map((each, i) => [i, each.trials.length, each] as const))(
  "case %d of %d trials: equal to Optuna's PED-ANOVA",
  (_, __, each) => {
    const found = importances(trialsOf(each), each.direction);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(each.importances).toSorted());
    for (const [name, value] of Object.entries(each.importances))
      expect(found[name], name).toBeCloseTo(value, 9);
  },
);

test("failed and pruned trials and infinite values are left out", () => {
  const [first] = cases;
  if (!first) throw new Error("a case expected");
  const trials = trialsOf(first);
  const [model] = trials;
  if (!model) throw new Error("a trial expected");
  const more: TrialRecord[] = [
    { ...model, state: "failed", value: Number.NaN },
    { ...model, state: "pruned", value: -100 },
    { ...model, value: Number.NEGATIVE_INFINITY },
  ];
  expect(importances([...trials, ...more], first.direction)).toEqual(importances(trials, first.direction));
});
