import { tf } from "../../native/index.js";

/** Below this largest entry no sum of up to 10⁸ squares overflows in float32. */
const safe = 1e15;

/**
 * Scales all gradients by maxNorm / max(norm, maxNorm), norm being their global L2 norm (Pascanu et al. 2013).
 * Entries that are not finite make all of them NaN, as in TensorFlow's clip_by_global_norm; of large finite ones the
 * squares are summed in units of the largest, so that their norm does not overflow.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], maxNorm: tf.Scalar): tf.Tensor[] {
  const largest = tf.max(tf.stack(gradients.map((gradient) => tf.max(tf.abs(gradient)))));
  const unit = tf.where(tf.greater(largest, safe), largest, tf.onesLike(largest));
  const scaled = gradients.map((gradient) => tf.div(gradient, unit));
  const norm = tf.sqrt(tf.addN(scaled.map((gradient) => tf.sum(tf.square(gradient)))));
  const factor = tf.div(maxNorm, tf.maximum(norm, tf.div(maxNorm, unit)));
  return scaled.map((gradient) => tf.mul(gradient, factor));
}
