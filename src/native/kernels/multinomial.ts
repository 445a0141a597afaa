/** Draws from a multinomial distribution: the same seed draws the same. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { hasSeed, nextSeed } from "../random.js";
import { registerKernel } from "./registerKernel.js";

interface Attributes {
  readonly numSamples: number;
  /** Any number; TensorFlow.js draws one from [0, 1) where the caller gives none. */
  readonly seed: number;
  readonly normalized: boolean;
}

registerKernel<{ logits: tf.Tensor }, Attributes>("Multinomial", ({ inputs: { logits }, attrs }) => {
  const types = { T: DType.float32, Tseed: DType.int32, output_dtype: DType.int32 };
  // In a captured step a seed of the host's would be a constant.
  const seed = hasSeed() ? nextSeed() : tf.tensor1d(bitsOf(attrs.seed), "int32");
  const unnormalized = attrs.normalized ? tf.log(logits) : logits;
  return op1("StatelessMultinomial", { types }, [unnormalized, tf.scalar(attrs.numSamples, "int32"), seed]);
});

function bitsOf(seed: number): Int32Array {
  return new Int32Array(Float64Array.of(seed).buffer);
}
