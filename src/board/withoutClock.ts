/** A sweep without what the clock says of it: a notebook that is executed again then has the same pictures and texts. */
import { duration, secondMetric } from "./secondMetric.js";
import type { SweepData } from "./sweepData.js";

const { title } = secondMetric({ name: duration });

/** Its trials are weighed by nothing where they would be by their duration. */
export function withoutClock(sweep: SweepData): SweepData {
  if (sweep.second?.title !== title) return sweep;
  const { second: _, ...rest } = sweep;
  return { ...rest, trials: sweep.trials.map(({ second: __, ...trial }) => trial) };
}
