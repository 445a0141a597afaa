import { expect, it } from "vitest";
import { split } from "../../../src/data/split.js";

const five = split("train", {
  x: Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5),
  y: Int32Array.of(0, 1, 2, 3, 4),
  inputShape: [2],
  targetShape: [],
});

it("gives batches in order, the last one smaller, inputs beside their labels", () => {
  const batches = [...five.batches({ batchSize: 2 })];
  expect(batches.map((b) => [...b.y])).toEqual([[0, 1], [2, 3], [4]]);
  expect(batches.map((b) => [...b.x])).toEqual([
    [0, 0.5, 1, 1.5],
    [2, 2.5, 3, 3.5],
    [4, 4.5],
  ]);
  expect(batches.map((b) => b.size)).toEqual([2, 2, 1]);
});

it("shuffles by the seed: every sample once, the same order for the same seed only", () => {
  const labels = (seed: number) =>
    [...five.batches({ batchSize: 2, shuffle: true, seed })].flatMap((b) => [...b.y]);
  expect(labels(3)).toEqual(labels(3));
  expect(labels(3).toSorted()).toEqual([0, 1, 2, 3, 4]);
  const orders = new Set(Array.from({ length: 200 }, (_, seed) => labels(seed).join("")));
  expect(orders.size).toBeGreaterThan(80); // of 120 orders; 200 fair draws miss about 23
  for (const batch of five.batches({ batchSize: 3, shuffle: true, seed: 9 }))
    expect([...batch.x]).toEqual([...batch.y].flatMap((label) => [label, label + 0.5]));
});

it.each([0, -1, 1.5, Number.NaN])("refuses a batchSize of %s", (batchSize) => {
  expect(() => [...five.batches({ batchSize })]).toThrow(
    `Making batches needs a batchSize of at least 1; it was given ${batchSize}`,
  );
});
