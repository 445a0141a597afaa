/** The first of these calls ends the process where TensorFlow gets it. */
import { describe, expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { op } from "../../../../src/native/op.js";
import { AttrType } from "../../../../src/native/opAttributes.js";

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

describe("the number of splits", () => {
  const ints = (...values: number[]) =>
    binding.createTensor([values.length], DType.int32, Int32Array.from(values));
  const int = (name: string) => (value: number) => ({ name, type: AttrType.int, value });
  const [given, wanted] = [int("PARAMS_RAGGED_RANK"), int("OUTPUT_RAGGED_RANK")];
  const types = Object.entries({ Tvalues: DType.float32, Tindices: DType.int32, Tsplits: DType.int32 });
  const attributes = types.map(([name, value]) => ({ name, type: AttrType.type, value }));

  /** Of two splits: what it does with the attributes that say so. */
  function gathered(...ranks: { name: string; type: number; value: number }[]): number[][] {
    const values = binding.createTensor([3], DType.float32, Float32Array.of(1, 2, 3));
    const inputs = [ints(0, 1, 2), ints(0, 1, 3), values, ints(1, 0)];
    try {
      const made = binding.executeOp("RaggedGather", [...attributes, ...ranks], inputs, 3);
      for (const { id } of made) binding.deleteTensor(id);
      return made.map(({ shape }) => [...shape]);
    } finally {
      for (const id of inputs) binding.deleteTensor(id);
    }
  }

  it("is what the inputs are where no attribute says it", () => {
    expect(() => gathered(wanted(1))).toThrowError(
      "RaggedGather of 2 splits at indices of rank 1 needs an output of ragged rank 2, but was asked for 1",
    );
  });

  it("is what the attribute says first, as TensorFlow takes it", () => {
    expect(gathered(given(2), given(1), wanted(2), wanted(1))).toEqual([[3], [3], [3]]);
    expect(() => gathered(given(2), wanted(1), wanted(2))).toThrowError("rank 2, but was asked for 1");
  });
});
