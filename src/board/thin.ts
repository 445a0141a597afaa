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
  const kept = keepExtremes(series.steps, series.values, budget);
  const take = (values: ScalarSeries["values"]) => Float64Array.from(kept, (i) => values[i] as number);
  const stretch = (k: number) =>
    series.values.subarray(k === 0 ? 0 : (kept[k - 1] as number) + 1, (kept[k] as number) + 1);
  return {
    steps: take(series.steps),
    values: take(series.values),
    wallTimes: take(series.wallTimes),
    counts: Float64Array.from(kept, (_, k) => stretch(k).filter(Number.isFinite).length),
    means: Float64Array.from(kept, (_, k) => mean(stretch(k).filter(Number.isFinite))),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value / values.length, 0 / values.length);
}
