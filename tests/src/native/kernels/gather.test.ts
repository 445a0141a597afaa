import { expect, it } from "vitest";
import { capture, tf } from "../../../../src/native/index.js";

const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);

it("gathers with the indices of each call", () => {
  const gather = capture((x: tf.Tensor, at: tf.Tensor) => tf.gather(x, at));
  const at = (...indices: number[]) => gather(table(), tf.tensor1d(indices, "int32")).arraySync();
  expect(at(2, 0)).toEqual([
    [5, 6],
    [1, 2],
  ]);
  expect(at(1, 1)).toEqual([
    [3, 4],
    [3, 4],
  ]);
  expect(() => at(0, 3)).toThrowError(/indices\[1\] = 3 is not in \[0, 3\)/);
});

it("along an axis, and in batches", () => {
  const columns = tf.tensor1d([1], "int32");
  expect(tf.gather(table(), columns, 1).arraySync()).toEqual([[2], [4], [6]]);
  const each = tf.tensor2d([1, 0, 0], [3, 1], "int32");
  expect(tf.gather(table(), each, 1, 1).arraySync()).toEqual([[2], [3], [5]]);
});

it("names an index that is none, and does not read the others", () => {
  expect(() => tf.gather(table(), tf.tensor1d([1, -1], "int32"))).toThrowError(
    /GatherV2: the index value -1 is not in \[0, 2\]/,
  );
});

it("gives embeddings their gradient in a capture", () => {
  const slope = capture((x: tf.Tensor) =>
    tf.grad((w: tf.Tensor) => tf.sum(tf.square(tf.gather(w, tf.cast(x, "int32")))))(table()),
  );
  expect(slope(tf.tensor1d([2, 2, 0])).arraySync()).toEqual([
    [2, 4],
    [0, 0],
    [20, 24],
  ]);
});
