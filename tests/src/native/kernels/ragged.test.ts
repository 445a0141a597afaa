/** Wrong calls that end the process where TensorFlow's ops are called with them. */
import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

const splits = (...values: number[]) => tf.tensor1d(values, "int32");
const toTensor = (partitions: tf.Tensor[], types: string[]) => () =>
  tf.raggedTensorToTensor([2, 3], tf.tensor1d([1, 2]), 0, partitions, types);

it("gathers rows of rows, and refuses another rank than they have", () => {
  const nested = [splits(0, 1, 2), splits(0, 2, 3)];
  const { outputNestedSplits, outputDenseValues } = tf.raggedGather(
    nested,
    tf.tensor1d([1, 2, 3]),
    splits(1, 0),
    2,
  );
  expect(outputNestedSplits.map((level) => Array.from(level.dataSync()))).toEqual([
    [0, 1, 2],
    [0, 1, 3],
  ]);
  expect(Array.from(outputDenseValues.dataSync())).toEqual([3, 1, 2]);
  for (const rank of [1, 3])
    expect(() => tf.raggedGather(nested, tf.tensor1d([1, 2, 3]), splits(1, 0), rank)).toThrow(
      /needs .* an output of ragged rank 2, but was asked for/,
    );
});

it("refuses splits that point one row past the next level's", () => {
  const nested = [splits(1, 2, 2, 3), splits(0, 1, 2)];
  expect(() => tf.raggedGather(nested, tf.ones([3]), tf.scalar(2, "int32"), 1)).toThrow(
    "Ragged splits must not point past values",
  );
});

it("makes a tensor of rows", () => {
  expect(toTensor([splits(0, 1, 2)], ["ROW_SPLITS"])().arraySync()).toEqual([
    [1, 0, 0],
    [2, 0, 0],
  ]);
});

it.each([
  ["no type for a partition", [splits(0, 2)], [], RangeError],
  ["a size of several numbers", [splits(2, 2), splits(0, 1)], ["FIRST_DIM_SIZE", "VALUE_ROWIDS"], TypeError],
  ["a size below 0", [tf.scalar(-1, "int32"), splits(0, 1)], ["FIRST_DIM_SIZE", "VALUE_ROWIDS"], RangeError],
  ["splits below 0", [splits(-100, 2, 2)], ["ROW_SPLITS"], RangeError],
  ["splits that fall", [splits(0, 2, 1)], ["ROW_SPLITS"], RangeError],
  ["splits of two axes", [tf.zeros([1, 2], "int32")], ["ROW_SPLITS"], TypeError],
] as const)("refuses %s", (_, partitions, types, error) => {
  expect(toTensor([...partitions], [...types])).toThrow(error);
});
