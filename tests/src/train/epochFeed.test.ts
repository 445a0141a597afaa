import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import type { tf } from "../../../src/native/index.js";
import { deviceFeed } from "../../../src/train/deviceFeed.js";
import { EpochFeed, type EpochFeedOptions } from "../../../src/train/epochFeed.js";
import { SampleWeights } from "../../../src/train/sampleWeights.js";

const { train } = arrays({ x: Array.from({ length: 23 }, (_, i) => [i]), y: Array(23).fill(0.5) });
const options: EpochFeedOptions = { batchSize: 5, shuffle: true, seed: 3, weights: undefined, first: 0 };
const values = (tensor: { dataSync(): ArrayLike<number> }) => Array.from(tensor.dataSync());

/** All batches, several at once where `several` says how many. */
function batches(feed: EpochFeed, several = 1): number[][] {
  const all: number[][] = [];
  while (!feed.isDone) {
    const count = Math.min(several, feed.rowBatches);
    if (count > 1) {
      const { all: split, rows } = feed.takeRows(count);
      const x = values(split.x);
      for (let i = 0; i < count; i++)
        all.push([...rows.slice(5 * i, 5 * i + 5)].map((row) => x[row] as number));
      continue;
    }
    const batch = feed.take();
    all.push(values(batch.x));
    batch.dispose();
  }
  return all;
}

it("gives the batches of deviceFeed, one at a time or several at once, the smaller last one by itself", () => {
  const expected = [...deviceFeed(train, { batchSize: 5, shuffle: true, seed: 3 })].map((batch) =>
    values(batch.x),
  );
  expect(expected.map(({ length }) => length)).toEqual([5, 5, 5, 5, 3]);
  for (const several of [1, 2, 3, 9])
    expect(batches(new EpochFeed(train, options), several)).toEqual(expected);
  expect(batches(new EpochFeed(train, { ...options, first: 3 }), 2)).toEqual(expected.slice(3));
});

it("gives no rows beyond the last full batch", () => {
  const feed = new EpochFeed(train, { ...options, first: 3 });
  expect(feed.rowBatches).toBe(1);
  feed.take().dispose();
  expect([feed.rowBatches, feed.isDone]).toEqual([0, false]);
});

it("gives each sample its class's weight, one batch at a time or several at once", () => {
  const labels = Array.from({ length: 23 }, (_, i) => (i * 5) % 3);
  const classes = arrays({ x: labels.map((label) => [label]), y: labels }).train;
  const weights = new SampleWeights(classes, [Float32Array.of(0.25, 1, 7)]);
  const feed = new EpochFeed(classes, { ...options, weights });
  const factorOf = (label: number) => [0.25, 1, 7][label];
  const { all, rows } = feed.takeRows(3);
  const [of, x] = [values(all.weights as tf.Tensor), values(all.x)];
  expect([...rows].map((row) => of[row])).toEqual([...rows].map((row) => factorOf(x[row] as number)));
  const batch = feed.take();
  expect(values(batch.weights as tf.Tensor)).toEqual(values(batch.x).map(factorOf));
  batch.dispose();
  weights.dispose();
});

it("has one smaller batch where there are fewer samples than a batch takes", () => {
  const feed = new EpochFeed(train, { ...options, batchSize: 64 });
  expect(feed.rowBatches).toBe(0);
  expect(batches(feed)[0]).toHaveLength(23);
});
