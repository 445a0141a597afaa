/** Ragged tensors: rows of different lengths, as values and where each row ends. */
import type { tf } from "../backend.js";
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
  if (splits.length === 0)
    throw new RangeError("raggedGather needs splits of at least one dimension, but got none");
  const rank = attrs.outputRaggedRank;
  const types = { Tvalues: dtypeOf(values), Tindices: DType.int32, Tsplits: DType.int32 };
  const ints = { PARAMS_RAGGED_RANK: splits.length, OUTPUT_RAGGED_RANK: rank };
  return inTfjsWords(() => op("RaggedGather", { types, ints }, [...splits, values, indices], rank + 1));
});

registerKernel<
  { shape: Info; values: Info; defaultValue: Info; rowPartitionTensors: Info[] },
  { rowPartitionTypes: string[] }
>("RaggedTensorToTensor", ({ inputs, attrs }) => {
  const { shape, values, defaultValue, rowPartitionTensors } = inputs;
  const types = { T: dtypeOf(values), Tindex: DType.int32, Tshape: DType.int32 };
  const ints = { num_row_partition_tensors: rowPartitionTensors.length };
  const stringLists = { row_partition_types: attrs.rowPartitionTypes };
  const all = [shape, values, defaultValue, ...rowPartitionTensors];
  return inTfjsWords(() => op1("RaggedTensorToTensor", { types, ints, stringLists }, all));
});
