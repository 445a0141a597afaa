/** What a chart calls the trials it shows: runs that are seen as trials have names, and stay runs. */
import type { TrialPoint } from "./sweepData.js";

export function trialNoun(trials: readonly Pick<TrialPoint, "label">[]): "runs" | "trials" {
  return trials.length > 0 && trials.every(({ label }) => label !== undefined) ? "runs" : "trials";
}

/** Those that ended with a value. */
export function completeNoun(trials: readonly Pick<TrialPoint, "label">[]): "runs" | "complete trials" {
  return trialNoun(trials) === "runs" ? "runs" : "complete trials";
}
