/** Counts of values, places in sorted rows, and bits. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { dtypeOf } from "./castInts.js";
import { registerKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;

registerKernel<{ x: Info; weights: Info }, { size: number; binaryOutput: boolean }>(
  "DenseBincount",
  ({ inputs, attrs }) => {
    const { x, weights } = inputs;
    const types = { Tidx: DType.int32, T: dtypeOf(weights) };
    const bools = { binary_output: attrs.binaryOutput };
    return op1("DenseBincount", { types, bools }, [x, tf.scalar(attrs.size, "int32"), weights]);
  },
);

registerKernel<{ sortedSequence: Info; values: Info }, { side: "left" | "right" }>(
  "SearchSorted",
  ({ inputs, attrs }) => {
    const { sortedSequence, values } = inputs;
    const types = { T: dtypeOf(sortedSequence), out_type: DType.int32 };
    return op1(attrs.side === "left" ? "LowerBound" : "UpperBound", { types }, [sortedSequence, values]);
  },
);

registerKernel<{ a: Info; b: Info }>("BitwiseAnd", ({ inputs }) =>
  op1("BitwiseAnd", { types: { T: DType.int32 } }, [inputs.a, inputs.b]),
);
