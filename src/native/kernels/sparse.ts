/** Sparse tensors: indices [values, rank], values and a shape; and sums and means of rows that indices name. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op, op1 } from "../op.js";
import { dtypeOf, int32, int64 } from "./castInts.js";
import { inTfjsWords } from "./inTfjsWords.js";
import { registerKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;

interface Segments {
  readonly data: Info;
  readonly indices: Info;
  readonly segmentIds: Info;
}

registerKernel<{ indices: Info; values: Info; denseShape: Info; defaultValue: Info }>(
  "SparseFillEmptyRows",
  ({ inputs }) => {
    const { indices, values, denseShape, defaultValue } = inputs;
    const all = [int64(indices), values, int64(denseShape), defaultValue];
    const types = { T: dtypeOf(values) };
    const filled = inTfjsWords(() => op("SparseFillEmptyRows", { types }, all, 4));
    const [outIndices, outValues, emptyRows, reverseMap] = filled as [tf.Tensor, Info, Info, tf.Tensor];
    return [int32(outIndices), outValues, emptyRows, int32(reverseMap)];
  },
);

registerKernel<{ inputIndices: Info; inputShape: Info; newShape: Info }>("SparseReshape", ({ inputs }) => {
  const { inputIndices, inputShape, newShape } = inputs;
  const all = [inputIndices, inputShape, newShape].map(int64);
  return inTfjsWords(() => op("SparseReshape", {}, all, 2)).map(int32);
});

registerKernel<Segments>("SparseSegmentSum", ({ inputs }) => segments("SparseSegmentSum", inputs));

registerKernel<Segments>("SparseSegmentMean", ({ inputs }) => {
  const { data } = inputs;
  if (data.dtype !== "int32") return segments("SparseSegmentMean", inputs);
  // TensorFlow has no means of whole numbers: as in TensorFlow.js, they are rounded towards zero.
  const ones = tf.ones([data.shape[0] as number, ...data.shape.slice(1).fill(1)], "int32");
  const counts = segments("SparseSegmentSum", { ...inputs, data: ones });
  const least = tf.maximum(counts, tf.scalar(1, "int32"));
  return op1("TruncateDiv", { types: { T: DType.int32 } }, [segments("SparseSegmentSum", inputs), least]);
});

function segments(name: string, { data, indices, segmentIds }: Segments): tf.Tensor {
  const types = { T: dtypeOf(data), Tidx: DType.int32, Tsegmentids: DType.int32 };
  return inTfjsWords(() => op1(name, { types }, [data, indices, segmentIds]));
}
