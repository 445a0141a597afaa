/** When steps are taken by a clock that is given: the steps of a model are `oneBatch.test.ts`'s. */
import { describe, expect, test } from "vitest";
import { Deadline } from "../../../src/base/deadline.js";
import type { Batch } from "../../../src/train/batch.js";
import { batchTries } from "../../../src/train/batchTries.js";
import { losses } from "../../../src/train/loss.js";
import type { TrainingStep } from "../../../src/train/seams.js";
import type { TrainingPlan } from "../../../src/train/trainingPlan.js";

const statistics = {
  gradientNorm: 1,
  gradients: new Map(),
  weights: new Map(),
  updateRatio: new Map(),
  activations: new Map(),
};
const values = Float32Array.from({ length: 16 }, (_, row) => row % 2);
const plan = {
  learningRate: 0.01,
  train: { y: values, targetShape: [1] },
  dataset: { classes: undefined },
} as unknown as TrainingPlan;

/** Steps that take the times given, then as long as the last one; their loss is the one given and never falls. */
async function tried(times: readonly number[], { budget = 2000, loss = 0.4, usual = 1e9 } = {}) {
  let time = 0;
  const rates: number[] = [];
  const next = ({ learningRate }: { readonly learningRate: number }) => {
    time += times[Math.min(rates.length, times.length - 1)]!;
    rates.push(learningRate);
    return { loss, metrics: {}, totals: {} };
  };
  const step = {
    run: async (_: Batch, options: { learningRate: number }) => next(options),
    runSampled: async (_: Batch, options: { learningRate: number }) => ({ ...next(options), statistics }),
    save: () => ({}),
    restore: () => {},
  } as unknown as TrainingStep<Batch>;
  const deadline = new Deadline(budget, () => time);
  const result = await batchTries(step, {
    plan,
    heads: [{ name: "out", loss: losses.meanSquaredError }],
    batch: {} as Batch,
    rows: Int32Array.from(values.keys()),
    goesOn: (milliseconds) => deadline.left > milliseconds,
    now: deadline.now,
    usual,
  });
  return { result, rates, time };
}

describe("with too little time", () => {
  test("no step is begun that would end after it, as long as the last one took", async () => {
    // The first plain step is taken to be as long as the first one of all.
    for (const each of [300, 600, 900, 1999]) {
      const { result, time, rates } = await tried([each]);
      expect(time).toBeLessThanOrEqual(2000);
      expect(rates).toHaveLength(Math.floor(1999 / each));
      expect(result).toMatchObject({ isCut: true, isLearnt: false });
    }
  });

  test("a first step that is long, as it is captured, keeps no short ones from being taken", async () => {
    expect((await tried([1100, 10, 10, 10])).rates).toHaveLength(1);
    expect((await tried([1100, 10, 10, 10], { usual: 30 })).rates).toHaveLength(3);
    const { rates, result } = await tried([500, 10, 10, 500, 10], { usual: 30 });
    expect(rates.length).toBeGreaterThan(90);
    expect(result.isCut).toBe(true);
  });

  test("none is begun where there is none left", async () => {
    const { rates, result } = await tried([5], { budget: 0 });
    expect(rates).toEqual([]);
    expect(result.outputs).toEqual([]);
  });
});
