/** What a model does first with its inputs. */
import type { RunView } from "./runView.js";

/** Their values stay what they are, or no larger. */
const passing =
  /^(InputLayer|Flatten|Reshape|Permute|RepeatVector|Masking|Dropout|SpatialDropout\w*|AlphaDropout|GaussianNoise|GaussianDropout|ZeroPadding\w*|Cropping\w*|CenterCrop|Resizing|\w*Pooling\w*|UpSampling\w*)$/;
const normalising =
  /^(BatchNormalization|LayerNormalization|Normalization|Rescaling|Embedding|CategoryEncoding|UnitNormalization)$/;
const summing =
  /^(Dense|\w*Conv\w*|LSTM|GRU|SimpleRNN|RNN|Bidirectional|TimeDistributed|EinsumDense|MultiHeadAttention|Concatenate|Add)$/;

/** Sums of them as they are, or of what a layer makes of them that brings them to a size of its own. */
export type InputUse =
  | { readonly kind: "summed" | "normalised" }
  | { readonly kind: "unknown"; readonly why: string };

/** By the order of the layers; of several inputs the record does not say which layer takes which. */
export function firstUse({ run }: RunView, inputs: number): InputUse {
  const layers = run.record.model?.layers ?? [];
  if (inputs > 1 && layers.some(({ kind }) => normalising.test(kind)))
    return { kind: "unknown", why: `of ${inputs} inputs the record does not say which is normalised` };
  const first = layers.find(({ kind }) => !passing.test(kind));
  if (!first) return { kind: "unknown", why: "the record names none" };
  if (normalising.test(first.kind)) return { kind: "normalised" };
  if (summing.test(first.kind)) return { kind: "summed" };
  return { kind: "unknown", why: `${first.name} is of the kind ${first.kind}` };
}
