/** Trials with a value, from worse to better: the later is drawn over the earlier. */
import type { SweepData, TrialPoint } from "../sweepData.js";

/** From worse to better. */
export const worseToBetter = ["#8f97c4", "#b070b8", "#dd6b0d"];

export function rankedTrials(sweep: SweepData): TrialPoint[] {
  const better = sweep.direction === "maximize" ? 1 : -1;
  return sweep.trials
    .filter(
      (trial) => Number.isFinite(trial.value) && (trial.state === "complete" || trial.state === "pruned"),
    )
    .sort((a, b) => better * (a.value - b.value));
}
