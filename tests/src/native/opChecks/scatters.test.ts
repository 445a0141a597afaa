/** The first of these calls ends the process where TensorFlow gets it. */
import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { op } from "../../../../src/native/op.js";

function update(indices: number[], updates: number[]): number[] {
  return tf.tidy(() => {
    const inputs = [tf.zeros([3]), tf.zeros(indices, "int32"), tf.ones(updates)];
    return (op("TensorScatterUpdate", {}, inputs)[0] as tf.Tensor).arraySync() as number[];
  });
}

it.each([
  [[1, 1, 1], [1], "TensorScatterUpdate needs updates of the shape [1,1], but they are float32[1]"],
  [[1, 1], [2], "TensorScatterUpdate needs updates of the shape [1], but they are float32[2]"],
  [[1, 2], [1], "TensorScatterUpdate needs indices of a last size of at most 1, but they are int32[1,2]"],
  [[], [1], "TensorScatterUpdate needs indices of a last size of at most 1, but they are int32[]"],
])("updates that do not fit the indices are refused, %#", (indices, updates, message) => {
  expect(() => update(indices, updates)).toThrowError(message);
});

it("updates that fit are written", () => {
  expect(update([1, 1], [1])).toEqual([1, 0, 0]);
  expect(update([1, 1, 1], [1, 1])).toEqual([1, 0, 0]);
});
