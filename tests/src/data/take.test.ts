import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mnist } from "../../../src/data/mnist.js";
import { bytesOf } from "../../../src/data/split.js";
import { type TakeOptions, take } from "../../../src/data/take.js";

const ten = arrays({
  x: Array.from({ length: 10 }, (_, i) => [i, -i]),
  y: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2],
  validation: { x: [[20, 0]], y: [1] },
});

it("takes the first samples of a part, and leaves others whole", () => {
  const { train, validation, test } = take(ten, { train: 4 });
  expect([...train.x]).toEqual([0, -0, 1, -1, 2, -2, 3, -3]);
  expect([...train.y]).toEqual([0, 0, 0, 0]);
  expect([validation, test]).toEqual([ten.validation, undefined]);
});

it("draws at random by a seed, each sample once and beside its label", () => {
  const of = (seed: number) => [...take(ten, { train: 6, seed }).train.x].filter((_, i) => i % 2 === 0);
  expect(of(1)).toEqual(of(1));
  expect(new Set([1, 2, 3, 4, 5].map((seed) => of(seed).join())).size).toBeGreaterThan(2);
  const { x, y } = take(ten, { train: 6, seed: 2 }).train;
  y.forEach((label, i) => {
    expect(label).toBe(ten.train.y[x[2 * i] as number]);
  });
});

it("keeps the classes' shares where it is asked to", () => {
  const { y } = take(ten, { train: 5, stratified: true }).train;
  expect([0, 1, 2].map((label) => y.filter((one) => one === label).length)).toEqual([3, 2, 0]);
});

it("keeps what is kept as bytes as bytes, and says how many there are", async () => {
  const few = take(await mnist(), { train: 60, validation: 20, stratified: true });
  expect(bytesOf(few.train)?.length).toBe(60 * 784);
  expect(few.toMimeBundle()["text/plain"]).toContain("60 train, 20 validation, 10,000 test");
  const [batch] = few.train.batches({ batchSize: 60 });
  expect(batch?.x).toEqual(few.train.x);
});

it("takes the rows of each of several inputs and targets", () => {
  const set = arrays({
    x: { a: [[1], [2], [3]], b: [[4], [5], [6]] },
    y: { p: [0, 1, 0], q: [[0.5], [1.5], [2.5]] },
  });
  const { columns, x, y } = take(set, { train: 2 }).train;
  expect(columns?.inputs.map(({ values }) => [...values])).toEqual([
    [1, 2],
    [4, 5],
  ]);
  expect(columns?.targets.map(({ values }) => [...values])).toEqual([
    [0, 1],
    [0.5, 1.5],
  ]);
  expect([[...x], [...y]]).toEqual([
    [1, 2],
    [0, 1],
  ]);
});

describe("refuses", () => {
  it.each([
    [{ train: 11 }, "data.take needs for train a whole number from 1 to its 10 samples; it was given 11"],
    [{ train: 0.5 }, "it was given 0.5"],
    [{ test: 1 }, "it was given 1 for test, which there is not"],
    [{ trian: 1 }, 'it was given "trian", the nearest is "train"'],
  ])("%j", (options, message) => {
    expect(() => take(ten, options as TakeOptions)).toThrow(message);
  });

  it("shares of classes where there are none", () => {
    const line = arrays({ x: [[1], [2], [3]], y: [[0.5], [1], [2]] });
    expect(() => take(line, { train: 2, stratified: true })).toThrow(
      "data.take needs class labels to be stratified by; it was given targets of [1]",
    );
  });
});
