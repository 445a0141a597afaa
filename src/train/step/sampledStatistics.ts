/** The statistics of a sampled step, from the tensors it returned. */
import type { tf } from "../../native/index.js";
import type { ActivationStatistics, SampledStatistics, TensorStatistics } from "../seams.js";
import { saturatedFraction } from "./saturation.js";
import { tensorStatistics, updateRatio } from "./tensorStatistics.js";

/** Of which groups histograms are made. */
export type Sampling = Readonly<Record<"weights" | "gradients" | "activations", boolean>>;

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
  const byWeight = <T>(arrays: readonly Float32Array[], of: (values: Float32Array, i: number) => T) =>
    new Map(names.weights.map((name, i) => [name, of(arrays[i] as Float32Array, i)]));
  const gradients: Map<string, TensorStatistics> = byWeight(sampled.gradients, (values) =>
    tensorStatistics(values, { histogram: sampling.gradients, log10: sampling.gradients }),
  );
  const weights = byWeight(sampled.before, (values) =>
    tensorStatistics(values, { histogram: sampling.weights, log10: false }),
  );
  return {
    gradientNorm: Math.hypot(...[...gradients.values()].map(({ l2 }) => l2)),
    gradients,
    weights,
    updateRatio: byWeight(sampled.before, (values, i) =>
      updateRatio(values, sampled.after[i] as Float32Array),
    ),
    activations: activations(sampled.outputs, names.layers, sampling.activations),
  };
}

function activations(
  outputs: readonly Float32Array[],
  layers: SampledNames["layers"],
  histogram: boolean,
): Map<string, ActivationStatistics> {
  return new Map(
    layers.map((layer, i) => {
      const values = outputs[i] as Float32Array;
      const statistics = tensorStatistics(values, { histogram, log10: false });
      return [layer.name, { ...statistics, saturatedFraction: saturatedFraction(layer, values) }];
    }),
  );
}
