import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

it("takes all that are not numbers for one value, and both zeros", () => {
  const { values, indices } = tf.unique(
    tf.tensor1d([Number.NaN, 0, 1.5, Number.NaN, -0, Number.POSITIVE_INFINITY, 1.5]),
  );
  expect(Array.from(values.dataSync())).toEqual([Number.NaN, 0, 1.5, Number.POSITIVE_INFINITY]);
  expect(Array.from(indices.dataSync())).toEqual([0, 1, 2, 0, 1, 3, 2]);
});

it("finds the unique rows, and texts", () => {
  const { values } = tf.unique(
    tf.tensor2d([
      [1, 2],
      [3, 4],
      [1, 2],
    ]),
    0,
  );
  expect(values.arraySync()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(tf.unique(tf.tensor1d(["a", "b", "a"])).values.arraySync()).toEqual(["a", "b"]);
});
