/** What becomes of gradients and outputs from layer to layer, at each sampled step. */
import { tags } from "../base/tags.js";
import type { RunView } from "./runView.js";
import { slope } from "./statistics.js";

/** All layers at one sampled step. */
export interface DepthSample {
  readonly step: number;
  readonly l2: readonly number[];
  /** ‖g₁‖ / ‖g_L‖. */
  readonly ratio: number;
  /** Factor by which the norm changes over the whole depth, by the fitted line. */
  readonly fitted: number;
  readonly meanAbs: number;
  readonly zero: number;
  /** Mean |a| of the last hidden layer / that of the first; NaN where it was not recorded. */
  readonly outputs: number;
  /** `ratio` and `fitted` of the biases, where every layer has one. */
  readonly biases?: { readonly ratio: number; readonly fitted: number };
}

/** Steps at which every layer's gradient is finite and the last one's is not zero. */
export function samplesOfDepth(run: RunView): DepthSample[] {
  const { layers } = run;
  const first = layers[0]!;
  const biases = biasNorms(run);
  const samples: DepthSample[] = [];
  first.steps.forEach((step, i) => {
    const l2 = layers.map((layer) => layer.l2[i] ?? Number.NaN);
    const finite = layers.every((layer) => (layer.nonFinite[i] ?? 0) === 0) && l2.every(Number.isFinite);
    if (!finite || l2.at(-1) === 0) return;
    samples.push({
      step,
      l2,
      ...decayOf(l2),
      meanAbs: first.meanAbs[i] ?? Number.NaN,
      zero: first.zero[i] ?? 0,
      outputs: outputsLeft(run, i),
      ...(biases && { biases: decayOf(biases.map((norms) => norms[i]!)) }),
    });
  });
  return samples;
}

/** @param l2 norms, input side first */
function decayOf(l2: readonly number[]): { readonly ratio: number; readonly fitted: number } {
  // The smallest float32 stands for zero, whose logarithm would be minus infinity.
  const decay = slope(l2.map((norm) => Math.log(Math.max(norm, 1.4e-45))));
  return { ratio: l2[0]! / l2.at(-1)!, fitted: Math.exp(-decay * (l2.length - 1)) };
}

/** Of each layer, at each sampled step; undefined where one has none. */
function biasNorms({ layers, series }: RunView): Float64Array[] | undefined {
  const norms = layers.map(({ layer }) => series(tags.gradientL2(`${layer}/bias`))?.values);
  return norms.every((values) => values?.length === layers[0]!.steps.length)
    ? (norms as Float64Array[])
    : undefined;
}

/** Mean |a| of the last hidden layer / that of the first; NaN where it was not recorded. */
function outputsLeft({ layers, series }: RunView, at: number): number {
  const [first, last] = [layers[0]!, layers.at(-2)!].map(
    ({ layer }) => series(tags.activationMeanAbs(layer))?.values[at] ?? Number.NaN,
  ) as [number, number];
  return last / first;
}
