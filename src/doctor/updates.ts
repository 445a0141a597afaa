/** How far training moves the weights, by the update ratios ‖update‖ / ‖weight‖ of sampled steps. */
import { tags } from "../base/tags.js";
import type { RunView } from "./runView.js";
import { mean, median } from "./statistics.js";

export interface KernelUpdates {
  readonly weight: string;
  /** Those that are finite, oldest first. */
  readonly ratios: readonly number[];
}

/** Of each kernel whose updates were measured. */
export function kernelUpdates(run: RunView): KernelUpdates[] {
  return run.layers.flatMap(({ weight }) => {
    const ratios = Array.from(run.series(tags.updateRatio(weight))?.values ?? []).filter(Number.isFinite);
    return ratios.length > 0 ? [{ weight, ratios }] : [];
  });
}

/** Share of the sampled steps that are the beginning, before units may have died of the rate. */
const beginning = 0.25;

/** Geometric mean over the kernels of the largest update ratio of the first quarter: one odd kernel is no measure. */
export function largestEarlyUpdate(run: RunView): number | undefined {
  const largest = kernelUpdates(run)
    .map(({ ratios }) => Math.max(...ratios.slice(0, Math.max(1, Math.ceil(beginning * ratios.length)))))
    .filter((ratio) => ratio > 0);
  return largest.length > 0 ? Math.exp(mean(largest.map(Math.log))) : undefined;
}

export interface Travel {
  readonly weight: string;
  /** The longest way that the kernel can have gone in the whole training, in its own length: mean ratio × steps. */
  readonly length: number;
  readonly median: number;
}

/** Of the kernel that moves most. */
export function farthestTravel(run: RunView): Travel | undefined {
  const steps = run.series(tags.train("loss"))?.values.length;
  if (steps === undefined) return undefined;
  const travels = kernelUpdates(run).map(
    ({ weight, ratios }): Travel => ({ weight, length: mean(ratios) * steps, median: median(ratios) }),
  );
  return travels.sort((a, b) => b.length - a.length)[0];
}

/**
 * The longest way that all kernels together can have gone in the whole training, in their joint length: the root of the sum of
 * squares of (mean ‖update‖ × steps) over that of mean ‖weight‖. So a small output layer that moves is not the net. The relative
 * distance of all weights from their beginning is what tells nets that stay as they began (Chizat et al., NeurIPS 2019).
 *
 * @returns undefined where updates or the norms of weights were not measured
 */
export function jointTravel(run: RunView): number | undefined {
  const steps = run.series(tags.train("loss"))?.values.length;
  const ways = run.layers.flatMap(({ weight }) => {
    const norms = run.series(tags.weightL2(weight))?.values;
    const ratios = run.series(tags.updateRatio(weight))?.values;
    if (!norms || !ratios || norms.length !== ratios.length) return [];
    const updates = Array.from(ratios, (ratio, i) => ratio * (norms[i] as number)).filter(Number.isFinite);
    return updates.length > 0
      ? [{ update: mean(updates), norm: mean([...norms].filter(Number.isFinite)) }]
      : [];
  });
  if (steps === undefined || ways.length === 0 || ways.length < kernelUpdates(run).length) return undefined;
  const way = Math.hypot(...ways.map(({ update }) => update)) * steps;
  const size = Math.hypot(...ways.map(({ norm }) => norm));
  return size > 0 ? way / size : 0;
}

/** Median of ‖g‖ / ‖weight‖ over the sampled steps; undefined where one of them was not measured. */
export function relativeGradient(run: RunView, weight: string): number | undefined {
  const norms = run.series(tags.weightL2(weight))?.values;
  const gradients = run.series(tags.gradientL2(weight))?.values;
  if (!norms || !gradients) return undefined;
  return median(Array.from(gradients, (norm, i) => norm / (norms[i] as number)).filter(Number.isFinite));
}
