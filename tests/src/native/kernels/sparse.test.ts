import { expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { tf } from "../../../../src/native/index.js";

it("rounds means of whole numbers towards zero, above what float32 holds too", () => {
  const data = tf.tensor2d([2 ** 25 + 1, -7, 2 ** 25 + 3, -2, 9, 9], [3, 2], "int32");
  const mean = tf.sparse.sparseSegmentMean(data, [0, 1, 2], [0, 0, 2]);
  expect(mean.dtype).toBe("int32");
  expect(Array.from(mean.dataSync())).toEqual([2 ** 25 + 2, -4, 0, 0, 9, 9]);
});

it("says what TensorFlow.js says, and keeps the op, the types and the shapes as the cause", () => {
  const call = () => tf.sparse.sparseSegmentSum(tf.ones([10, 4]), [8, 3, 0, 9], [0, 0, 0, -1]);
  const error = (() => {
    try {
      return call();
    } catch (thrown) {
      return thrown as Error;
    }
  })() as Error;
  expect(error).toMatchObject({ name: "TensorFlowError", message: "segment ids must be >= 0", code: 3 });
  expect((error.cause as Error).message).toMatch(
    /^SparseSegmentSum\(float32\[10,4\], int32\[4\], int32\[4\]\) failed/,
  );
});

it("leaves no tensor behind, when it fails too", () => {
  const indices = tf.tensor2d([0, 0, 2, 1], [2, 2], "int32");
  const inner = () =>
    tf.tidy(() => void tf.sparse.sparseReshape(indices, [3, 2], [2, 3]).outputIndices.dataSync());
  inner();
  const before = binding.getNumOfTensors();
  inner();
  expect(() => tf.tidy(() => void tf.sparse.sparseReshape(indices, [3, 2], [2, -7]))).toThrow(
    "must be non-negative",
  );
  expect(binding.getNumOfTensors()).toBe(before);
});
