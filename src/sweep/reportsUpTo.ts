/** How far trials' reports have come. */
import { isFinished, type Reports, type TrialRecord } from "./trialRecord.js";

/** Reports up to the first at or after `step`; undefined for a trial that did not get there. */
export function reportsUpTo(reports: Reports, step: number): Reports | undefined {
  const end = reports.findIndex(([at]) => at >= step);
  return end < 0 ? undefined : reports.slice(0, end + 1);
}

/** Whether each of the trials has reported `step` or a later one, or never will, since it is finished. */
export function allReached(trials: readonly TrialRecord[], step: number): boolean {
  return trials.every((trial) => isFinished(trial) || (trial.intermediate.at(-1)?.[0] ?? -1) >= step);
}
