import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { type Batch, batchTensors } from "../../../src/train/batch.js";
import type { FedBatch } from "../../../src/train/deviceFeed.js";
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
