import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { readTensor } from "../tensorMemory.js";

/** Reads a float32 result of a captured function and frees its handle. */
export function takeValues(tf: TensorFlow, handle: Pointer): Float32Array {
  const { api, status } = tf;
  const tensor = api.TFE_TensorHandleResolve(handle, status);
  api.TFE_DeleteTensorHandle(handle);
  check(tf, () => "reading a captured step's result failed");
  try {
    if (api.TF_TensorType(tensor) !== DType.float32)
      throw new TypeError("a captured step's results must be float32");
    return readTensor(tf, tensor) as Float32Array;
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}
