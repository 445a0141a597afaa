/** Series of one point for each epoch, made of those that were logged by step. */
import { bisectLeft } from "../../base/bisect.js";
import type { ScalarSeries } from "../runData.js";

/** Finds the first of `ends` that a step is not behind, -1 if it is behind all. A run that was restarted has ends that fall. */
export function firstAtOrAfter(ends: Float64Array): (step: number) => number {
  let highest = Number.NEGATIVE_INFINITY;
  const highestSoFar = ends.map((end) => {
    highest = Math.max(highest, end);
    return highest;
  });
  return (step) => {
    const place = bisectLeft(highestSoFar, step);
    return place < highestSoFar.length ? place : -1;
  };
}

/** The epoch of each step, as a series of epochs has it; -1 of steps that it has not. */
export function epochAt({ steps, values }: ScalarSeries): (step: number) => number {
  const known = new Map(Array.from(steps, (step, i) => [step, values[i]!]));
  return (step) => known.get(step) ?? -1;
}

/** The mean of each part, in the order in which they begin; undefined unless there are two. A part below 0 is left out. */
export function meansOf(
  { steps, values, wallTimes }: ScalarSeries,
  partOf: (step: number) => number,
): ScalarSeries | undefined {
  const parts = new Map<number, { sum: number; count: number; time: number }>();
  for (let i = 0; i < values.length; i++) {
    const part = partOf(steps[i]!);
    if (!(part >= 0)) continue;
    const { sum, count } = parts.get(part) ?? { sum: 0, count: 0 };
    parts.set(part, { sum: sum + values[i]!, count: count + 1, time: wallTimes[i]! });
  }
  if (parts.size < 2) return undefined;
  const means = [...parts.values()];
  return numbered({
    steps: new Float64Array(means.length),
    values: Float64Array.from(means, ({ sum, count }) => sum / count),
    wallTimes: Float64Array.from(means, ({ time }) => time),
  });
}

/** Epochs count from 1. */
export function numbered(series: ScalarSeries): ScalarSeries {
  return { ...series, steps: series.steps.map((_, i) => i + 1) };
}
