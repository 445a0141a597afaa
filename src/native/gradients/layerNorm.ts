import { tf } from "../backend.js";

/**
 * Layer normalisation over the last axis (Ba, Kiros & Hinton 2016): (x − mean)/√(variance + ε)·scale + offset, with its
 * gradient in closed form. Every op of it is TensorFlow.js's, so gradients of the gradient are right too.
 *
 * @param x float32 [rows, …, n] of rank 2 or more
 * @param scale float32 [n]
 * @param offset float32 [n]
 */
export function layerNorm(
  x: tf.Tensor,
  { scale, offset }: { scale: tf.Tensor1D; offset: tf.Tensor1D },
  epsilon: number,
): tf.Tensor {
  const compute = tf.customGrad((...values) => {
    const [input, factor, shift, save] = values as unknown as [...tf.Tensor[], (kept: tf.Tensor[]) => void];
    const { normal } = normalised(input as tf.Tensor, epsilon);
    (save as (kept: tf.Tensor[]) => void)([input, factor] as tf.Tensor[]);
    return {
      value: tf.add(tf.mul(normal, factor as tf.Tensor), shift as tf.Tensor),
      gradFunc: (dy, saved) => slopes(dy as tf.Tensor, saved as [tf.Tensor, tf.Tensor], epsilon),
    };
  });
  return compute(x, scale, offset);
}

/** With mean 0 and, but for ε, variance 1; and one over the deviation. */
function normalised(x: tf.Tensor, epsilon: number): { normal: tf.Tensor; inverse: tf.Tensor } {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  return { normal: tf.mul(centred, inverse), inverse };
}

/**
 * With x̂ normal and g = dy·scale: dx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε), dscale = Σ dy·x̂, doffset = Σ dy.
 * What `normalised` computes again a capture has already.
 */
function slopes(dy: tf.Tensor, [x, scale]: [tf.Tensor, tf.Tensor], epsilon: number): tf.Tensor[] {
  const { normal, inverse } = normalised(x, epsilon);
  const rows = x.shape.slice(1).map((_, axis) => axis);
  const byNormal = tf.mul(dy, normal);
  const slope = tf.mul(dy, scale);
  const alongNormal = tf.mean(tf.mul(byNormal, scale), -1, true);
  const rest = tf.sub(tf.sub(slope, tf.mean(slope, -1, true)), tf.mul(normal, alongNormal));
  return [tf.mul(rest, inverse), tf.sum(byNormal, rows), tf.sum(dy, rows)];
}
