/** The rectifier with an upper bound, of which WebAssembly makes 0 of NaN: a training that diverged would look sound. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

export function registerRelu6(): void {
  // It keeps a NaN that comes first, and 6 is none.
  const minimum = stockKernel<{ readonly a: tf.Tensor; readonly b: tf.Tensor }, Record<string, never>>(
    "Minimum",
  );
  registerKernel("Relu6", ({ inputs: { x } }: KernelCall<{ readonly x: tf.Tensor }>) =>
    minimum({ inputs: { a: tf.relu(x), b: tf.scalar(6, x.dtype) }, attrs: {} }),
  );
}
