import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { type Batch, batchTensors } from "../../../src/train/batch.js";
import type { FedBatch } from "../../../src/train/deviceFeed.js";
import { LossScale } from "../../../src/train/lossScale.js";
import type { PartResult, TrainingStep } from "../../../src/train/seams.js";
import { Updates } from "../../../src/train/updates.js";

const rows = (n: number, width: number, factor: number) =>
  tf.tensor2d(Array.from({ length: n }, (_, i) => Array(width).fill(factor * i)));

it("cuts every tensor of a batch where memory is short, and frees the pieces", async () => {
  const seen: number[][][] = [];
  const result = { metrics: {}, totals: {}, finite: true };
  const step = {
    forget: () => {},
    async add(batch: Batch): Promise<PartResult> {
      seen.push(batchTensors(batch).map((tensor) => [...tensor.dataSync()]));
      return { loss: seen.length, ...result };
    },
    update: async () => {},
  } as unknown as TrainingStep<Batch>;
  const updates = new Updates(step, { skips: false, gathers: true });
  updates.restart(2);
  const batch: FedBatch = {
    ...{ x: rows(5, 1, 1), y: tf.tensor1d([0, 1, 2, 3, 4], "int32"), weights: tf.ones([5]) },
    ...{ moreX: [rows(5, 2, 10)], moreY: [rows(5, 1, 100), rows(5, 1, 1000)] },
    ...{ size: 5, dispose: () => {} },
  };
  const before = tf.memory().numTensors;
  const update = await updates.take(batch, {
    options: { learningRate: 1 },
    ...{ seed: (part) => part, samples: 5, isLast: true, isSampled: false },
  });
  expect(seen).toEqual([
    [
      [0, 1, 2],
      [0, 1, 2],
      [0, 0, 10, 10, 20, 20],
      [0, 100, 200],
      [0, 1000, 2000],
      [1, 1, 1],
    ],
    [
      [3, 4],
      [3, 4],
      [30, 30, 40, 40],
      [300, 400],
      [3000, 4000],
      [1, 1],
    ],
  ]);
  expect(update?.result.loss).toBeCloseTo((3 * 1 + 2 * 2) / 5, 12);
  expect(tf.memory().numTensors).toBe(before);
});

it("moves the loss scale by gradients alone, not by a loss that is not finite", async () => {
  const moves = { growthFactor: 2, backoffFactor: 0.5, growthInterval: 3 };
  const lossScale = new LossScale({ initial: 1024, moves });
  const given: PartResult[] = [];
  const step = {
    forget: () => {},
    add: async () => given.shift() as PartResult,
    update: async () => {},
  } as unknown as TrainingStep<Batch>;
  const updates = new Updates(step, { skips: true, gathers: true, lossScale });
  const take = async (loss: number, finite: boolean) => {
    given.push({ loss, finite, metrics: {}, totals: {} });
    const batch: FedBatch = { x: rows(1, 1, 1), y: rows(1, 1, 1), size: 1, dispose: () => {} };
    const place = { seed: () => 0, samples: 1, isLast: true, isSampled: false };
    const update = await updates.take(batch, { options: { learningRate: 1 }, ...place });
    return [update?.isSkipped, lossScale.value];
  };
  expect(await take(1, true)).toEqual([false, 1024]);
  expect(await take(Number.NaN, false)).toEqual([true, 1024]);
  expect(await take(Number.POSITIVE_INFINITY, false)).toEqual([true, 1024]);
  expect(lossScale.state).toEqual({ value: 1024, sound: 1 });
  expect(await take(1, false)).toEqual([true, 512]);
});
