import { tf } from "../../native/index.js";

/**
 * Scales all gradients by maxNorm / max(norm, maxNorm), norm being their global L2 norm (Pascanu et al. 2013).
 * A norm that is not finite makes all of them NaN, as in TensorFlow's clip_by_global_norm.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], maxNorm: tf.Scalar): tf.Tensor[] {
  const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
  const scale = tf.div(maxNorm, tf.maximum(norm, maxNorm));
  const factor = tf.where(tf.isFinite(norm), scale, tf.scalar(Number.NaN));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
