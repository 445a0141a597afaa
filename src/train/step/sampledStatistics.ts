/** The statistics of a sampled step, from the tensors it returned. */
import type { tf } from "../../native/index.js";
import type { ActivationStatistics, SampledStatistics, TensorStatistics } from "../seams.js";
import { countCells } from "./cellCounts.js";
import { rectifies } from "./deadUnits.js";
import type { Seen, SeenParts } from "./lookedAt.js";
import { saturatedFraction } from "./saturation.js";
import { tensorStatistics, type WholeTensor } from "./tensorStatistics.js";
import { updateRatio } from "./updateRatio.js";

/** Of which groups histograms are made, and how many entries of a tensor are looked at. */
export interface Sampling extends Readonly<Record<"weights" | "gradients" | "activations", boolean>> {
  /** A whole number of at least 1, or Infinity. */
  readonly entries: number;
}

export interface SampledNames {
  readonly weights: readonly string[];
  readonly layers: readonly tf.LayersModel["layers"][number][];
}

/** @param parts one entry a trained weight or active layer, in the order of the names */
export function sampledStatistics(
  parts: SeenParts,
  names: SampledNames,
  sampling: Sampling,
): SampledStatistics {
  const gradients = new Map<string, TensorStatistics>();
  const weights = new Map<string, TensorStatistics>();
  const ratios = new Map<string, number>();
  names.weights.forEach((name, i) => {
    const of = ofWeight(parts, i, sampling);
    gradients.set(name, of.gradient);
    weights.set(name, of.weight);
    ratios.set(name, of.ratio);
  });
  return {
    gradientNorm: Math.hypot(...[...gradients.values()].map(({ l2 }) => l2)),
    gradients,
    weights,
    updateRatio: ratios,
    activations: activations(parts, names.layers, sampling),
  };
}

function ofWeight(
  parts: SeenParts,
  i: number,
  sampling: Sampling,
): { gradient: TensorStatistics; weight: TensorStatistics; ratio: number } {
  const [gradient, before, after] = [parts.gradients[i], parts.before[i], parts.after[i]] as [
    Seen,
    Seen,
    Seen,
  ];
  const isSample = before.values.length < before.size;
  // Of a larger weight there are norms in the place of its new value.
  const [ofGradient, ofWeight, ofChange] = after.values;
  const whole = (halfSquares: number | undefined): { whole?: WholeTensor } =>
    isSample ? { whole: { count: before.size, halfSquares: halfSquares as number } } : {};
  const weight = tensorStatistics(before.values, {
    histogram: sampling.weights,
    log10: false,
    ...whole(ofWeight),
  });
  const kinds = { histogram: sampling.gradients, log10: sampling.gradients };
  return {
    gradient: tensorStatistics(gradient.values, { ...kinds, ...whole(ofGradient) }),
    weight,
    ratio: isSample
      ? ratioOf(Math.sqrt(2 * (ofChange as number)), weight.l2)
      : updateRatio(before.values, after.values, weight.l2),
  };
}

/** Changes below 1e-19, whose squares float32 does not hold, count as none: no float32 weight of common size makes them. */
function ratioOf(change: number, size: number): number {
  return size === 0 ? 0 : change / size;
}

function activations(
  { outputs, outputNorms, deadShares }: SeenParts,
  layers: SampledNames["layers"],
  { activations: histogram }: Sampling,
): Map<string, ActivationStatistics> {
  const norms = outputNorms.values();
  const shares = deadShares.values();
  return new Map(
    layers.map((layer, i) => {
      const { values, size } = outputs[i] as Seen;
      const counts = countCells(values);
      const halfSquares = values.length < size ? norms.next().value?.values[0] : undefined;
      const whole = halfSquares === undefined ? {} : { whole: { count: size, halfSquares } };
      const statistics = tensorStatistics(values, { histogram, log10: false, ...whole }, counts);
      const deadFraction = rectifies(layer) ? shares.next().value?.values[0] : undefined;
      return [
        layer.name,
        {
          ...statistics,
          saturatedFraction: saturatedFraction(layer, counts),
          ...(deadFraction !== undefined && { deadFraction }),
        },
      ];
    }),
  );
}
