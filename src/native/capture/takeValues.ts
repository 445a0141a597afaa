import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { readInto, readTensor } from "../tensorMemory.js";

/** Reads a float32 result of a captured function and frees its handle. */
export function takeValues(tf: TensorFlow, handle: Pointer): Float32Array {
  return taken(tf, handle, (tensor) => readTensor(tf, tensor) as Float32Array);
}

/** As `takeValues`, to the beginning of an array that is there. @returns how many values there are */
export function takeInto(tf: TensorFlow, handle: Pointer, into: Float32Array): number {
  return taken(tf, handle, (tensor) => readInto(tf, tensor, into));
}

function taken<T>(tf: TensorFlow, handle: Pointer, read: (tensor: Pointer) => T): T {
  const { api, status } = tf;
  const tensor = api.TFE_TensorHandleResolve(handle, status);
  api.TFE_DeleteTensorHandle(handle);
  check(tf, () => "reading a captured step's result failed");
  try {
    if (api.TF_TensorType(tensor) !== DType.float32)
      throw new TypeError("a captured step's results must be float32");
    return read(tensor);
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}
