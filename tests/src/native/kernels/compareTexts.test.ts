import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

it("orders texts, repeated to one shape, by their bytes", () => {
  const column = tf.tensor2d(["b", "ä"], [2, 1]);
  const row = tf.tensor1d(["a", "b", "bb", "\u{1f600}"]);
  const holds = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
  expect(holds(tf.less(column, row))).toEqual([0, 0, 1, 1, 0, 0, 0, 1]);
  expect(holds(tf.lessEqual(column, row))).toEqual([0, 1, 1, 1, 0, 0, 0, 1]);
  expect(holds(tf.greater(column, row))).toEqual([1, 0, 0, 0, 1, 1, 1, 0]);
  expect(holds(tf.greaterEqual(column, row))).toEqual([1, 1, 0, 0, 1, 1, 1, 0]);
  expect(tf.less(column, row).shape).toEqual([2, 4]);
});
