/** Slices, which WebAssembly also cuts out of what lies beyond a tensor. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

interface Sliced {
  readonly x: tf.Tensor;
}

interface Cut {
  readonly begin: number[];
  readonly size: number[];
}

export function registerSlice(): void {
  const stock = stockKernel<Sliced, Cut>("Slice");
  registerKernel("Slice", (call: KernelCall<Sliced, Cut>) => {
    const { x } = call.inputs;
    const [begin, size] = tf.slice_util.parseSliceParams(x, call.attrs.begin, call.attrs.size);
    tf.slice_util.assertParamsValid(x, begin as number[], size as number[]);
    return stock(call);
  });
}
