/** The points of a series that stand: a restart writes over those of its step and later ones. */
import type { ScalarSeries } from "./runData.js";

/** What stands of series that are asked for again and again. */
const known = new WeakMap<ScalarSeries, ScalarSeries>();

/**
 * Without what a restart has written anew: where the step falls back to s, the earlier points from s on are dropped,
 * as TensorBoard does with a resumed run. A series without such is given as it is.
 */
export function withoutOverwritten(series: ScalarSeries): ScalarSeries {
  const { steps } = series;
  if (steps.every((step, i) => i === 0 || step >= (steps[i - 1] as number))) return series;
  const before = known.get(series);
  if (before) return before;
  const kept: number[] = [];
  for (let i = 0; i < steps.length; i++) {
    if (i > 0 && (steps[i] as number) < (steps[i - 1] as number))
      while (kept.length > 0 && (steps[kept.at(-1) as number] as number) >= (steps[i] as number)) kept.pop();
    kept.push(i);
  }
  const take = (values: Float64Array) => Float64Array.from(kept, (index) => values[index] as number);
  const found = { steps: take(steps), values: take(series.values), wallTimes: take(series.wallTimes) };
  known.set(series, found);
  return found;
}
