/** A long series with fewer points that can still be smoothed as if all were there. */
import type { ScalarSeries } from "../track/runData.js";
import { keepExtremes } from "./downsample.js";

/** Invariant: all arrays have one length; counts sum to the number of finite original points. */
export interface ThinnedSeries extends ScalarSeries {
  /** How many finite original points each point stands for: those since the point before, itself included. */
  readonly counts?: Float64Array;
  /** Their mean; NaN if there is none. */
  readonly means?: Float64Array;
}

/** The series itself where it is short enough. */
export function thin(series: ScalarSeries, budget: number): ThinnedSeries {
  if (series.values.length <= budget) return series;
  return thinnedAt(series, keepExtremes(series.steps, series.values, budget));
}

/** The points at these indices, which rise; each stands for those since the one before it. */
export function thinnedAt(series: ScalarSeries, kept: readonly number[]): ThinnedSeries {
  const take = (values: ScalarSeries["values"]) => Float64Array.from(kept, (i) => values[i] as number);
  const counts = new Float64Array(kept.length);
  const means = new Float64Array(kept.length);
  let from = 0;
  for (const [k, index] of kept.entries()) {
    const stretch = series.values.subarray(from, index + 1);
    const count = finiteCount(stretch);
    counts[k] = count;
    means[k] = meanOf(stretch, count);
    from = index + 1;
  }
  return {
    steps: take(series.steps),
    values: take(series.values),
    wallTimes: take(series.wallTimes),
    counts,
    means,
  };
}

function finiteCount(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) count++;
  return count;
}

/**
 * Of the finite ones, each divided before it is added: their sum may be beyond all numbers. NaN if there is none. It lies
 * among them, so that equal values have their value as mean, to the last bit.
 */
function meanOf(values: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  let mean = 0;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    mean += value / count;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return Math.max(low, Math.min(high, mean));
}
