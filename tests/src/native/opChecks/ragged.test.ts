/** The first of these calls ends the process where TensorFlow gets it. */
import { expect, it } from "vitest";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { op } from "../../../../src/native/op.js";

function gather(indices: tf.Tensor, rank: number): tf.Tensor[] {
  const types = { Tvalues: DType.float32, Tindices: DType.int32, Tsplits: DType.int32 };
  const ints = { PARAMS_RAGGED_RANK: 1, OUTPUT_RAGGED_RANK: rank };
  return op(
    "RaggedGather",
    { types, ints },
    [tf.tensor1d([0, 1, 3], "int32"), tf.ones([3, 2]), indices],
    rank + 1,
  );
}

it.each([
  [
    tf.scalar(1, "int32"),
    1,
    /^RaggedGather of 1 splits at indices of rank 0 needs an output of ragged rank 0, but was asked for 1$/,
  ],
  [tf.tensor1d([1], "int32"), 2, /needs an output of ragged rank 1, but was asked for 2$/],
])("an output of another rank than indices and splits have is refused, %#", (indices, rank, message) => {
  expect(() => gather(indices, rank)).toThrowError(message);
});

it("one of the right rank is given", () => {
  expect(gather(tf.tensor1d([1, 0], "int32"), 1).map(({ shape }) => shape)).toEqual([[3], [3, 2]]);
});
