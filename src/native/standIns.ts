/**
 * TensorFlow.js cannot train a normalisation without scale or without offset: what is absent breaks its gradients, or
 * the layer. Here it computes with ones and zeros in their place.
 */
import { tf } from "./backend.js";

export interface LayerWeight {
  read(): tf.Tensor;
}

export interface NormalisationWeights {
  scale: boolean;
  center: boolean;
  /** Absent where the layer has no scale, or no offset. */
  gamma?: LayerWeight | null;
  beta?: LayerWeight | null;
}

/** The layer's weights, or what stands in for them. */
export function wholeWeights(
  { gamma, beta }: NormalisationWeights,
  shape: readonly number[],
): { gamma: LayerWeight; beta: LayerWeight } {
  return {
    gamma: gamma ?? { read: () => tf.ones([...shape]) },
    beta: beta ?? { read: () => tf.zeros([...shape]) },
  };
}

/** The layer, but with both weights, of this shape. */
export function wholeLayer<L extends NormalisationWeights>(layer: L, shape: readonly number[]): L {
  const view = Object.create(layer) as L;
  return Object.assign(view, wholeWeights(layer, shape), { scale: true, center: true });
}
