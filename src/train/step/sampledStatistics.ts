/** The statistics of a sampled step, from the tensors it returned. */
import type { tf } from "../../native/index.js";
import type { ActivationStatistics, SampledStatistics, TensorStatistics } from "../seams.js";
import { saturatedFraction } from "./saturation.js";
import { tensorStatistics } from "./tensorStatistics.js";
import { updateRatio } from "./updateRatio.js";

/** Of which groups histograms are made, and of how many entries of a tensor at most. */
export interface Sampling extends Readonly<Record<"weights" | "gradients" | "activations", boolean>> {
  /** A whole number of at least 1, or Infinity. */
  readonly entries: number;
}

/** One array a trained weight or active layer, in the order of the names. */
export interface Sampled {
  /** Before clipping. */
  readonly gradients: readonly Float32Array[];
  readonly before: readonly Float32Array[];
  readonly after: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
}

export interface SampledNames {
  readonly weights: readonly string[];
  readonly layers: readonly tf.LayersModel["layers"][number][];
}

export function sampledStatistics(
  sampled: Sampled,
  names: SampledNames,
  sampling: Sampling,
): SampledStatistics {
  const { entries } = sampling;
  const byWeight = <T>(arrays: readonly Float32Array[], of: (values: Float32Array) => T) =>
    new Map(names.weights.map((name, i) => [name, of(arrays[i] as Float32Array)]));
  const gradients: Map<string, TensorStatistics> = byWeight(sampled.gradients, (values) =>
    tensorStatistics(values, { histogram: sampling.gradients, log10: sampling.gradients, entries }),
  );
  const weights = byWeight(sampled.before, (values) =>
    tensorStatistics(values, { histogram: sampling.weights, log10: false, entries }),
  );
  return {
    gradientNorm: Math.hypot(...[...gradients.values()].map(({ l2 }) => l2)),
    gradients,
    weights,
    updateRatio: new Map(
      names.weights.map((name, i) => {
        const [before, after] = [sampled.before[i], sampled.after[i]] as [Float32Array, Float32Array];
        return [name, updateRatio(before, after, weights.get(name)?.l2 as number)];
      }),
    ),
    activations: activations(sampled.outputs, names.layers, sampling),
  };
}

function activations(
  outputs: readonly Float32Array[],
  layers: SampledNames["layers"],
  { activations: histogram, entries }: Sampling,
): Map<string, ActivationStatistics> {
  return new Map(
    layers.map((layer, i) => {
      const values = outputs[i] as Float32Array;
      const statistics = tensorStatistics(values, { histogram, log10: false, entries });
      return [layer.name, { ...statistics, saturatedFraction: saturatedFraction(layer, values) }];
    }),
  );
}
