/** Lengths of tensors, by a kernel that keeps no squares. */
import { tf } from "../native/backend.js";
import { float, op1 } from "../native/op.js";

/** Σ x² / 2. */
export function halfSquares(tensor: tf.Tensor): tf.Tensor {
  return op1("L2Loss", float, [tensor]);
}

/** √Σ x². */
export function norm(tensor: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.mul(halfSquares(tensor), 2));
}

/** √(Σ x² / n). */
export function rootMeanSquare(tensor: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.mul(halfSquares(tensor), 2 / tensor.size));
}
