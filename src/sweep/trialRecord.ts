/** A trial as the journal tells it. */
import { isBetter as isBetterMetric } from "../base/metric.js";
import type { Parameters, Space } from "./space.js";

/**
 * `interrupted`: the sweep was stopped, or killed, while it ran; a resume runs it again.
 * `failed`: the objective threw, returned no finite number, or its worker died more often than `retries` allows.
 */
export type TrialState = "running" | "complete" | "pruned" | "failed" | "interrupted";

/** Reports in the order they were made; steps rise. */
export type Reports = readonly (readonly [step: number, value: number])[];

export interface TrialRecord {
  /** From 0, in the order of the asks. */
  readonly number: number;
  readonly state: TrialState;
  /** Counts the starts of this trial, from 1. Reports of earlier attempts are forgotten. */
  readonly attempt: number;
  /** What the sampler proposed; the objective may use a part of it and more than it. */
  readonly proposal: Parameters;
  /** What the objective asked for, in that order. */
  readonly params: Parameters;
  readonly distributions: Space;
  /** The objective's value; of a pruned trial its last report. NaN when there is none. */
  readonly value: number;
  readonly intermediate: Reports;
  /** Seconds since 1970-01-01 UTC. `end` is undefined while it runs, and where its sweep was killed. */
  readonly start: number;
  readonly end?: number;
  /** The worker that runs or ran it, from 0. */
  readonly worker?: number;
  /** The tracker's run folder, if one was opened. */
  readonly runDir?: string;
  /** Why it failed. */
  readonly error?: string;
}

/** True when the trial's fate is known and it will not run again. */
export function isFinished(trial: TrialRecord): boolean {
  return trial.state === "complete" || trial.state === "pruned" || trial.state === "failed";
}

export type Direction = "minimize" | "maximize";

/** The complete trial with the best value; the earlier one of equals; undefined if none is complete. */
export function bestTrial(trials: Iterable<TrialRecord>, direction: Direction): TrialRecord | undefined {
  let best: TrialRecord | undefined;
  for (const trial of trials) {
    if (trial.state !== "complete" || Number.isNaN(trial.value)) continue;
    if (!best || isBetter(trial.value, best.value, direction)) best = trial;
  }
  return best;
}

/** Strictly better. NaN is better than nothing. */
export function isBetter(value: number, than: number, direction: Direction): boolean {
  return isBetterMetric(value, than, direction === "minimize" ? "min" : "max");
}
