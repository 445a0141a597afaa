/** Layers of a person's own, by what a record says of them. */
import type { LayerSummary } from "../base/modelSummary.js";

/** Kinds without weights that libraries have: gradients go through them, and numbers do not grow there. */
const known =
  /^(InputLayer|Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|Softmax|(Spatial|Gaussian|Alpha)?Dropout.*|GaussianNoise|Flatten|Reshape|Permute|RepeatVector|Masking|(Global)?(Max|Average)Pooling.*|ZeroPadding.*|Cropping.*|UpSampling.*|Add|Average|Concatenate|Maximum|Minimum|Multiply|Dot)$/;

/** Without weights, and of no kind that the library has: leaving it out changes no shape of weights. */
export function isOwnLayer({ kind, weights }: LayerSummary): boolean {
  return weights.length === 0 && !known.test(kind);
}
