/** A sweep as a page carries it: its trials' reports thinned, extremes kept, where they are many. */
import { keepExtremes } from "./downsample.js";
import { fairShare } from "./fairShare.js";
import type { SweepData, TrialPoint } from "./sweepData.js";

/** Reports of all trials together: about 1 MB; and of one at least, in which its extremes have room. */
const most = 40_000;
const least = 8;

/** @param share above 0, to 1: of the reports that a page carries that has nothing else. */
export function packSweeps(sweeps: readonly SweepData[], share: number): readonly SweepData[] {
  const lengths = sweeps.flatMap(({ trials }) => trials.map(({ intermediate }) => intermediate.length));
  const perTrial = Math.max(least, fairShare(share * most, lengths));
  if (!lengths.some((length) => length > perTrial)) return sweeps;
  return sweeps.map((sweep) => ({
    ...sweep,
    trials: sweep.trials.map((trial) => thinnedTrial(trial, perTrial)),
  }));
}

/** With at most so many of its reports. @param count at least 8 */
export function thinnedTrial(trial: TrialPoint, count: number): TrialPoint {
  const steps = trial.intermediate.map(([step]) => step);
  const values = trial.intermediate.map(([, value]) => value);
  const kept = keepExtremes(steps, values, count);
  return { ...trial, intermediate: kept.map((i) => trial.intermediate[i] as readonly [number, number]) };
}

export function reportCount(sweeps: readonly SweepData[]): number {
  return sweeps.reduce(
    (sum, { trials }) => sum + trials.reduce((all, { intermediate }) => all + intermediate.length, 0),
    0,
  );
}
