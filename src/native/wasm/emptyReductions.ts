/** What is reduced over an axis of no values: WebAssembly puts out what lay in its memory. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly x: tf.Tensor;
}

interface Attributes {
  readonly axis?: number | number[];
  /** What Max calls its axes. */
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** What TensorFlow gives for no values, of float32 and of int32. */
const ofNothing: Readonly<Record<string, readonly [number, number]>> = {
  Sum: [0, 0],
  Mean: [Number.NaN, Number.NaN],
  Prod: [1, 1],
  Max: [Number.NEGATIVE_INFINITY, -(2 ** 31)],
  Min: [Number.POSITIVE_INFINITY, 2 ** 31 - 1],
  Any: [0, 0],
  All: [1, 1],
};

export function registerEmptyReductions(): void {
  for (const [kernelName, [float, whole]] of Object.entries(ofNothing)) {
    const stock = stockKernel<Inputs, Attributes>(kernelName);
    registerKernel<Inputs, Attributes>(kernelName, (call) => {
      const { x } = call.inputs;
      if (tf.util.sizeFromShape(x.shape) > 0) return stock(call);
      const dtype = kernelName === "Mean" ? "float32" : x.dtype;
      return tf.fill(shapeOf(call), dtype === "int32" ? whole : float, dtype as "float32");
    });
  }
}

function shapeOf({ inputs, attrs }: KernelCall<Inputs, Attributes>): number[] {
  const { shape } = inputs.x;
  const axes = tf.util.parseAxisParam((attrs.axis ?? attrs.reductionIndices) as number | number[], shape);
  return shape.flatMap((size, i) => (axes.includes(i) ? (attrs.keepDims ? [1] : []) : [size]));
}
