import type * as tf from "@tensorflow/tfjs";

/**
 * What one training step reads, on the device.
 *
 * Invariants: all tensors have the same first dimension n ≥ 1. Whoever made the batch disposes it.
 */
export interface Batch {
  /** float32 [n, …inputShape]. */
  readonly x: tf.Tensor;
  /** int32 [n] class labels, or float32 [n, …outputShape] targets. */
  readonly y: tf.Tensor;
  /** float32 [n] weight of each sample. The loss is Σ weightᵢ·lossᵢ / n. Absent: every weight is 1. */
  readonly weights?: tf.Tensor;
}
