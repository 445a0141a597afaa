/** The rectifier with an upper bound, of which WebAssembly makes 0 of NaN: a training that diverged would look sound. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel } from "./registerKernel.js";

export function registerRelu6(): void {
  registerKernel("Relu6", ({ inputs: { x } }: KernelCall<{ readonly x: tf.Tensor }>) =>
    // Minimum keeps a NaN that comes first.
    tf.minimum(tf.relu(x), tf.scalar(6, x.dtype)),
  );
}
