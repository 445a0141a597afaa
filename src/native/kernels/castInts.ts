/** TensorFlow.js has no int64: for TensorFlow's kernels that want or give it, values are cast on their way. */
import type { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";

/** int32 to int64; to TensorFlow.js the result is still called int32. */
export function int64(tensor: tf.TensorInfo): tf.Tensor {
  return op1("Cast", { types: { SrcT: DType.int32, DstT: DType.int64 } }, [tensor]);
}

/** int64 to int32. Values from 2³¹ on are wrapped. */
export function int32(tensor: tf.TensorInfo): tf.Tensor {
  return op1("Cast", { types: { SrcT: DType.int64, DstT: DType.int32 } }, [tensor]);
}

/** TensorFlow's number for the type of a tensor. */
export function dtypeOf({ dtype }: tf.TensorInfo): number {
  return DType[dtype];
}
