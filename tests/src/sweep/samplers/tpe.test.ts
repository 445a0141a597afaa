import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Distribution } from "../../../../src/sweep/distribution.js";
import { samplerNamed } from "../../../../src/sweep/samplers/named.js";
import { splitTrials } from "../../../../src/sweep/samplers/tpe.js";
import type { Parameters } from "../../../../src/sweep/space.js";
import type { TrialRecord } from "../../../../src/sweep/trialRecord.js";
import { drive } from "../driveSampler.js";

interface Table {
  direction: "minimize" | "maximize";
  parameters: { name: string; type: string; values: (number | string)[] }[];
  values: number[];
}

/** Mean of (best − optimum)/(median − optimum) over seeds, in percent. */
function gap(name: string, table: Table, { trials, seeds }: { trials: number; seeds: number }): number {
  const sign = table.direction === "maximize" ? -1 : 1;
  const losses = table.values.map((value) => sign * value);
  const sorted = losses.toSorted((a, b) => a - b);
  const [optimum, median] = [sorted[0] as number, sorted[sorted.length >> 1] as number];
  const space = Object.fromEntries(
    table.parameters.map(({ name, type, values }): [string, Distribution] => [
      name,
      type === "str"
        ? { kind: "categorical", choices: values }
        : { kind: "int", low: 0, high: values.length - 1 },
    ]),
  );
  const evaluate = (params: Parameters) =>
    losses[
      table.parameters.reduce((index, { name, type, values }) => {
        const value = params[name] as number;
        return index * values.length + (type === "str" ? values.indexOf(value) : value);
      }, 0)
    ] as number;
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const done = drive({ sampler: samplerNamed(name), space, evaluate, trials, seed });
    sum += (Math.min(...done.map((trial) => trial.value)) - optimum) / (median - optimum);
  }
  return (100 * sum) / seeds;
}

test.each(["hpobench-car", "hpobench-australian", "nasbench201-cifar10"])(
  "closes at most two thirds of random search's gap on %s",
  (name) => {
    const file = new URL(`../../../fixtures/hpo-tables/${name}.json`, import.meta.url);
    const table = JSON.parse(readFileSync(file, "utf8")) as Table;
    const options = { trials: 100, seeds: 5 };
    expect(gap("tpe", table, options)).toBeLessThan((2 / 3) * gap("random", table, options));
  },
);

const trial = (number: number, state: TrialRecord["state"], value: number, steps = 0): TrialRecord => ({
  number,
  state,
  value,
  attempt: 1,
  proposal: {},
  params: {},
  distributions: {},
  start: 0,
  intermediate: Array.from({ length: steps }, (_, i) => [i + 1, value]),
});

test("the better share holds complete trials by value, then pruned ones that got farthest", () => {
  const trials = [
    trial(0, "pruned", 1, 3),
    trial(1, "complete", 5),
    trial(2, "pruned", 2, 9),
    ...Array.from({ length: 28 }, (_, i) => trial(3 + i, "pruned", 7, 3)),
  ];
  // 31 trials: four are better. The complete one, number 2 (nine steps), then of those with three steps the lowest.
  const { below, above } = splitTrials(trials, "minimize");
  expect(below.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  expect(above.length).toBe(27);
  expect(splitTrials(trials, "maximize").below.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});
