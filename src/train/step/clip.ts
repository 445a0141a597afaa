import { tf } from "../../native/index.js";
import { halfSquares } from "../../optim/norm.js";

/** Half a sum of squares below this has not overflowed, and neither does twice as much. */
const safe = 1e38;
/** In this unit the squares of 4·10⁹ of the largest float32 can be summed; what it rounds to 0 is nothing beside them. */
const largeUnit = 2 ** -80;

/**
 * Scales all gradients by maxNorm / max(norm, maxNorm), norm being their global L2 norm (Pascanu et al. 2013).
 * Entries that are not finite make all of them NaN, as in TensorFlow's clip_by_global_norm; of large finite ones the
 * squares are summed in another unit, so that their norm does not overflow.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], maxNorm: tf.Scalar): tf.Tensor[] {
  const unit = tf.where(tf.less(sumOfHalfSquares(gradients), safe), tf.scalar(1), tf.scalar(largeUnit));
  const scaled = gradients.map((gradient) => tf.mul(gradient, unit));
  const norm = tf.sqrt(tf.mul(sumOfHalfSquares(scaled), 2));
  const factor = tf.div(maxNorm, tf.maximum(norm, tf.mul(maxNorm, unit)));
  const finite = tf.where(tf.isFinite(norm), factor, tf.scalar(Number.NaN));
  return scaled.map((gradient) => tf.mul(gradient, finite));
}

function sumOfHalfSquares(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.addN(tensors.map(halfSquares));
}
