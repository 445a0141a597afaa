import type * as tf from "@tensorflow/tfjs";

/**
 * What one training step reads, on the device.
 *
 * Invariants: all tensors have the same first dimension n ≥ 1. Whoever made the batch disposes it.
 */
export interface Batch {
  /** float32 [n, …inputShape], of the model's first input. */
  readonly x: tf.Tensor;
  /** int32 [n] class labels, or float32 [n, …outputShape] targets, of the model's first output. */
  readonly y: tf.Tensor;
  /** Of the inputs after the first, in the model's order; absent where there is one. */
  readonly moreX?: readonly tf.Tensor[];
  /** Of the outputs after the first, in the model's order; absent where there is one. */
  readonly moreY?: readonly tf.Tensor[];
  /** float32 [n] weight of each sample. The loss is Σ weightᵢ·lossᵢ / n. Absent: every weight is 1. */
  readonly weights?: tf.Tensor;
  /** Of the outputs after the first, where there are `weights` and several outputs. */
  readonly moreWeights?: readonly tf.Tensor[];
}

/** All of its tensors, in the order in which a captured step takes them. */
export function batchTensors({ x, y, moreX, moreY, weights, moreWeights }: Batch): tf.Tensor[] {
  // Asked at every step: most have one of each.
  if (!moreX && !moreY) return weights ? [x, y, weights] : [x, y];
  const all = weights ? [weights, ...(moreWeights ?? [])] : [];
  return [x, y, ...(moreX ?? []), ...(moreY ?? []), ...all];
}

/** A batch of the same kind: `of` is called for each tensor in the order of `batchTensors`. */
export function mapBatch(batch: Batch, of: (tensor: tf.Tensor) => tf.Tensor): Batch {
  const { x, y, moreX, moreY, weights, moreWeights } = batch;
  return {
    x: of(x),
    y: of(y),
    ...(moreX && { moreX: moreX.map(of) }),
    ...(moreY && { moreY: moreY.map(of) }),
    ...(weights && { weights: of(weights) }),
    ...(moreWeights && { moreWeights: moreWeights.map(of) }),
  };
}
