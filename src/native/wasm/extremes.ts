/** The larger and the smaller of two, of which WebAssembly loses a NaN that comes second. */
import tf = require("@tensorflow/tfjs");

import { registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

export function registerExtremes(): void {
  for (const kernelName of ["Maximum", "Minimum"]) {
    const stock = stockKernel<Inputs, Record<string, never>>(kernelName);
    registerKernel<Inputs, Record<string, never>>(kernelName, (call) => {
      const { b } = call.inputs;
      const chosen = stock(call);
      // A NaN is not equal to itself.
      return b.dtype === "float32" ? tf.where(tf.notEqual(b, b), b, chosen) : chosen;
    });
  }
}
