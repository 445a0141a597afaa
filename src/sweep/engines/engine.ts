/** The seam between a sweep and whatever runs its trials. */
import type { TrialJob, TrialLink, TrialOutcome } from "../trialLink.js";

export interface EngineRun {
  readonly job: TrialJob;
  readonly link: TrialLink;
  /** Aborted when the trial should end: the engine tells the trial, and after a while ends its worker. */
  readonly signal: AbortSignal;
  /** Called once a worker has taken the job. */
  readonly started: (worker: number) => void;
}

/**
 * Runs attempts of trials.
 *
 * Lifecycle: `start` once, before anything else; `run` any number of times, at most `workers` at a time; `stop` once.
 * Guarantees: `run` resolves exactly once for each attempt and never rejects; after it has resolved, the link is not
 * called for that attempt any more; a worker that died is replaced; after `stop` nothing of it is left running.
 */
export interface Engine {
  readonly name: string;
  /** How many attempts may run at once. */
  readonly workers: number;
  /** Rejects when no worker can be made ready, with the reason. */
  start(): Promise<void>;
  run(run: EngineRun): Promise<TrialOutcome>;
  stop(): Promise<void>;
}
