/** Ragged tensors: rows of different lengths, as values and where each row ends. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op, op1 } from "../op.js";
import { dtypeOf } from "./castInts.js";
import { inTfjsWords } from "./inTfjsWords.js";
import { registerKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;

registerKernel<{ starts: Info; limits: Info; deltas: Info }>("RaggedRange", ({ inputs }) => {
  const { starts, limits, deltas } = inputs;
  const types = { T: dtypeOf(starts), Tsplits: DType.int32 };
  return inTfjsWords(() => op("RaggedRange", { types }, [starts, limits, deltas], 2));
});

registerKernel<
  { paramsNestedSplits: Info[]; paramsDenseValues: Info; indices: Info },
  { outputRaggedRank: number }
>("RaggedGather", ({ inputs, attrs }) => {
  const { paramsNestedSplits: splits, paramsDenseValues: values, indices } = inputs;
  const rank = attrs.outputRaggedRank;
  const known = indices.shape.length + splits.length - 1;
  if (splits.length === 0 || rank !== known)
    throw new RangeError(
      `raggedGather of ${splits.length} splits at indices of rank ${indices.shape.length} needs splits and an output ` +
        `of ragged rank ${known}, but was asked for ${rank}`,
    );
  checkNesting(splits);
  const types = { Tvalues: dtypeOf(values), Tindices: DType.int32, Tsplits: DType.int32 };
  const ints = { PARAMS_RAGGED_RANK: splits.length, OUTPUT_RAGGED_RANK: rank };
  return inTfjsWords(() => op("RaggedGather", { types, ints }, [...splits, values, indices], rank + 1));
});

registerKernel<
  { shape: Info; values: Info; defaultValue: Info; rowPartitionTensors: Info[] },
  { rowPartitionTypes: string[] }
>("RaggedTensorToTensor", ({ inputs, attrs }) => {
  const { shape, values, defaultValue, rowPartitionTensors } = inputs;
  checkPartitions(rowPartitionTensors, attrs.rowPartitionTypes);
  const types = { T: dtypeOf(values), Tindex: DType.int32, Tshape: DType.int32 };
  const ints = { num_row_partition_tensors: rowPartitionTensors.length };
  const stringLists = { row_partition_types: attrs.rowPartitionTypes };
  const all = [shape, values, defaultValue, ...rowPartitionTensors];
  return inTfjsWords(() => op1("RaggedTensorToTensor", { types, ints, stringLists }, all));
});

/** TensorFlow looks at each level's splits, but reads past the next level's where these point one row too far. */
function checkNesting(splits: readonly Info[]): void {
  splits.slice(0, -1).forEach((level, i) => {
    const rows = (splits[i + 1] as Info).shape[0] as number;
    const count = level.shape[0] ?? 0;
    if (count === 0) return;
    const [end] = tf.slice(level as tf.Tensor, [count - 1], [1]).dataSync();
    if ((end as number) >= rows) throw new RangeError("Ragged splits must not point past values");
  });
}

/** TensorFlow ends the process where a size is not one number, or rows have a negative length. */
function checkPartitions(tensors: readonly Info[], types: readonly string[]): void {
  if (types.length !== tensors.length)
    throw new RangeError(
      `raggedTensorToTensor needs a type for each of ${tensors.length} row partitions, but got ${types.length}`,
    );
  tensors.forEach((tensor, i) => {
    const { shape } = tensor;
    const what = `row partition ${i}, of type ${types[i]},`;
    const one = types[i] === "FIRST_DIM_SIZE";
    if (one ? !shape.every((length) => length === 1) : shape.length !== 1)
      throw new TypeError(
        `raggedTensorToTensor: ${what} must be ${one ? "one number" : "a vector"}, but has the shape [${shape.join(", ")}]`,
      );
    if (types[i] === "VALUE_ROWIDS") return;
    const numbers = (tensor as tf.Tensor).dataSync();
    if (numbers.every((value, k) => value >= (k === 0 ? 0 : (numbers[k - 1] as number)))) return;
    throw new RangeError(
      `raggedTensorToTensor: ${what} must not be below 0${one ? "" : " and must be sorted"}, but begins ${numbers.slice(0, 8)}`,
    );
  });
}
