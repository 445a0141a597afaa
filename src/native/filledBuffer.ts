import type { Pointer } from "./ffi.js";
import type { TensorFlow } from "./tensorflow.js";

/** A copy of the bytes that `fill` lets TensorFlow put into a TF_Buffer. */
export function filledBuffer(tf: TensorFlow, fill: (buffer: Pointer) => void): Uint8Array<ArrayBuffer> {
  const buffer = tf.api.TF_NewBuffer();
  try {
    fill(buffer);
    // TF_Buffer: data, length, deallocator.
    const fields = new BigUint64Array(3);
    tf.memcpy(fields, buffer, fields.byteLength);
    const [data = 0n, length = 0n] = fields;
    const bytes = new Uint8Array(Number(length));
    if (bytes.length > 0) tf.memcpy(bytes, data, bytes.length);
    return bytes;
  } finally {
    tf.api.TF_DeleteBuffer(buffer);
  }
}
