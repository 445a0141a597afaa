/** Dropout by numbers of a stream. */
import { tf } from "./backend.js";
import { seededUniform } from "./random.js";

/** A number, or the scalar that stands for it in a step whose inputs such numbers are. */
export type Factor = number | tf.Tensor;

/**
 * x·mask·scale, mask 0 with probability rate (Srivastava et al. 2014, inverted).
 *
 * @param scale 1/(1 − rate)
 * @param shape the mask's, broadcast over x; default x's own
 */
export function seededDropout(
  x: tf.Tensor,
  [rate, scale]: readonly [rate: Factor, scale: Factor],
  shape: readonly number[] = x.shape,
): tf.Tensor {
  const keep = tf.cast(tf.greaterEqual(seededUniform(shape), rate), "float32");
  return tf.mul(x, tf.mul(keep, scale));
}
