import { expect, test } from "vitest";
import { split } from "../../../src/data/split.js";
import { targetColumns } from "../../../src/data/targetColumns.js";

const plain = split("train", {
  x: Float32Array.of(1, 2),
  y: Int32Array.of(0, 2),
  inputShape: [1],
  targetShape: [],
  taken: "labels",
});

test("the only target is the split's own, with the data set's classes", () => {
  expect(targetColumns(plain, 3)).toEqual([
    { name: undefined, values: plain.y, shape: [], classes: 3, taken: "labels" },
  ]);
});

test("of several they are the columns, which say their classes themselves", () => {
  const targets = [
    { name: "digit", values: plain.y, shape: [], classes: 3 },
    { name: "size", values: Float32Array.of(0.5, 1), shape: [1], classes: undefined },
  ];
  const columns = { inputs: [{ name: undefined, values: plain.x, shape: [1] }], targets };
  expect(targetColumns({ ...plain, columns }, 7)).toBe(targets);
});
