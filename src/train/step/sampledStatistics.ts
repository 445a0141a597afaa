/** The statistics of a sampled step, as one packed row and back. */
import { tf } from "../../native/index.js";
import type { ActivationStatistics, SampledStatistics, TensorStatistics } from "../seams.js";
import { saturatedFraction } from "./activations.js";
import { type Measured, packedLength, packStatistics, unpackStatistics } from "./tensorStatistics.js";

/** Of which groups histograms are made. */
export type Sampling = Readonly<Record<"weights" | "gradients" | "activations", boolean>>;

export interface Sampled {
  /** Before clipping, one for each trained weight. */
  readonly gradients: readonly tf.Tensor[];
  readonly before: readonly tf.Tensor[];
  readonly after: readonly tf.Tensor[];
  readonly layers: readonly tf.LayersModel["layers"][number][];
  readonly outputs: readonly tf.Tensor[];
}

/** What the row's numbers belong to: known from the model, so a captured step can serve others of its shape. */
export interface SampledNames {
  readonly weights: readonly { readonly name: string; readonly size: number }[];
  /** Sizes are of the outputs of one batch. */
  readonly layers: readonly { readonly name: string; readonly size: number }[];
}

function measuredOf(sampling: Sampling): Readonly<Record<keyof Sampling, Measured>> {
  return {
    gradients: { histogram: sampling.gradients, log10: sampling.gradients },
    weights: { histogram: sampling.weights, log10: false },
    activations: { histogram: sampling.activations, log10: false },
  };
}

/** Gradients, weights, update norms, then activations with their saturated fraction; each in the order given. */
export function packSampled(sampling: Sampling, sampled: Sampled): tf.Tensor1D {
  const measured = measuredOf(sampling);
  const updates = sampled.before.map((before, i) => updateRatio(before, sampled.after[i] as tf.Tensor));
  const activations = sampled.layers.flatMap((layer, i) => {
    const output = sampled.outputs[i] as tf.Tensor;
    const saturated = tf.reshape(saturatedFraction(layer, output), [1]) as tf.Tensor1D;
    return [packStatistics(output, measured.activations), saturated];
  });
  return tf.concat1d([
    ...sampled.gradients.map((gradient) => packStatistics(gradient, measured.gradients)),
    ...sampled.before.map((weight) => packStatistics(weight, measured.weights)),
    ...(updates.length > 0 ? [tf.stack(updates) as tf.Tensor1D] : []),
    ...activations,
  ]);
}

/** ‖after − before‖₂ / ‖before‖₂; 0 for a weight of zeros. */
function updateRatio(before: tf.Tensor, after: tf.Tensor): tf.Tensor {
  return tf.divNoNan(tf.norm(tf.sub(after, before)), tf.norm(before));
}

export function unpackSampled(row: Float32Array, sampling: Sampling, names: SampledNames): SampledStatistics {
  const measured = measuredOf(sampling);
  let at = 0;
  const next = (length: number) => row.subarray(at, (at += length));
  const statistics = (of: { name: string; size: number }, group: Measured): [string, TensorStatistics] => [
    of.name,
    unpackStatistics(next(packedLength(group)), of.size, group),
  ];
  const gradients = new Map(names.weights.map((weight) => statistics(weight, measured.gradients)));
  const weights = new Map(names.weights.map((weight) => statistics(weight, measured.weights)));
  const ratios = next(names.weights.length);
  const activations = new Map(
    names.layers.map((layer): [string, ActivationStatistics] => {
      const [name, of] = statistics(layer, measured.activations);
      return [name, { ...of, saturatedFraction: next(1)[0] ?? 0 }];
    }),
  );
  return {
    gradientNorm: Math.hypot(...[...gradients.values()].map(({ l2 }) => l2)),
    gradients,
    weights,
    updateRatio: new Map(names.weights.map(({ name }, i) => [name, ratios[i] ?? 0])),
    activations,
  };
}
