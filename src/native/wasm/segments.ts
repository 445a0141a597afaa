/** Sums over rows with the same number, which is how an embedding learns: TensorFlow.js compares each row with all. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel } from "./registerKernel.js";

interface Rows {
  /** [n, …] */
  readonly x: tf.Tensor;
  /** int32 [n] */
  readonly segmentIds: tf.Tensor1D;
}

export function registerSegments(): void {
  registerKernel("UnsortedSegmentSum", ({ inputs, attrs }: KernelCall<Rows, { numSegments: number }>) => {
    const { x, segmentIds } = inputs;
    const ids = segmentIds.dataSync();
    const values = x.dataSync();
    const width = x.size / Math.max(1, ids.length);
    const sums = new Float32Array(attrs.numSegments * width);
    for (let row = 0; row < ids.length; row++) {
      const start = (ids[row] as number) * width;
      // A number that no segment has adds to none.
      if (start < 0 || start >= sums.length) continue;
      for (let i = 0; i < width; i++)
        sums[start + i] = (sums[start + i] as number) + (values[row * width + i] as number);
    }
    return tf.tensor(sums, [attrs.numSegments, ...x.shape.slice(1)], x.dtype as "float32" | "int32");
  });
}
