/** The gradient of the average over volumes, of which WebAssembly takes windows at the edge to be as large as all others. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

interface Pooling {
  readonly filterSize: number | [number, number, number];
  readonly strides: number | [number, number, number];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface Inputs {
  readonly dy: tf.Tensor5D;
  readonly input: tf.Tensor5D;
}

interface Axis {
  readonly inside: number;
  readonly windows: number;
  readonly size: number;
  readonly stride: number;
  readonly before: number;
}

export function registerPoolingOfVolumes(): void {
  const stock = stockKernel<Inputs, Pooling>("AvgPool3DGrad");
  registerKernel("AvgPool3DGrad", ({ inputs: { dy, input }, attrs }: KernelCall<Inputs, Pooling>) =>
    stock({ inputs: { dy: tf.mul(dy, sharesOf(input, attrs)), input }, attrs }),
  );
}

/** By how much a value of each window counts for more than in a whole one: [1, outDepth, outHeight, outWidth, 1]. */
function sharesOf(input: tf.Tensor5D, { filterSize, strides, pad, dimRoundingMode }: Pooling): tf.Tensor {
  const of = tf.backend_util.computePool3DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { front, top, left } = of.padInfo;
  const axes: Axis[] = [
    { inside: of.inDepth, windows: of.outDepth, size: of.filterDepth, stride: of.strideDepth, before: front },
    {
      inside: of.inHeight,
      windows: of.outHeight,
      size: of.filterHeight,
      stride: of.strideHeight,
      before: top,
    },
    { inside: of.inWidth, windows: of.outWidth, size: of.filterWidth, stride: of.strideWidth, before: left },
  ];
  const [depth, height, width] = axes.map(along) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const plane = tf.mul(tf.reshape(height, [-1, 1, 1]), tf.reshape(width, [-1, 1]));
  return tf.mul(tf.reshape(depth, [1, -1, 1, 1, 1]), plane);
}

/** A window's length through the part of it that lies in the volume. */
function along({ inside, windows, size, stride, before }: Axis): tf.Tensor1D {
  const shares = Array.from({ length: windows }, (_, i) => {
    const start = i * stride - before;
    return size / (Math.min(start + size, inside) - Math.max(start, 0));
  });
  return tf.tensor1d(shares);
}
