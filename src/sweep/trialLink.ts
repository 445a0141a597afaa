/** What runs between a trial and its sweep: the seam that engines carry over processes. */
import type { Distribution, ParameterValue } from "./distribution.js";
import type { Parameters } from "./space.js";
import type { Direction } from "./trialRecord.js";

/** All that a worker needs to start one attempt of a trial: plain JSON. */
export interface TrialJob {
  readonly number: number;
  /** Fences retries: what is said for an earlier attempt is not heard. */
  readonly attempt: number;
  /** Proposed values; the trial may use some and may ask for others. */
  readonly proposal: Parameters;
  /** Decides the values of parameters that were not proposed, and the seed the objective sees. */
  readonly seed: number;
  /** Parameters that were not proposed: drawn, or the first value (for grids). */
  readonly missing: "draw" | "first";
  /** The history key to report after each epoch; undefined when only the returned value counts. */
  readonly metric?: string;
  readonly direction: Direction;
  /** Name of the tracker run, should one be opened, and of the sweep it belongs to. */
  readonly runName: string;
  readonly sweep: string;
  /** All parameters of a declared space are in `params` from the start. */
  readonly space?: Readonly<Record<string, Distribution>>;
}

/**
 * From the trial to its sweep. Calls are made in the order things happen; those without an answer must not throw.
 */
export interface TrialLink {
  suggested(name: string, distribution: Distribution, value: ParameterValue): void;
  runOpened(dir: string): void;
  /** Resolves to the pruner's decision, which may have to wait for other trials. */
  report(step: number, value: number): Promise<boolean>;
}

/** How an attempt ended. `died`: its worker did, and the trial may be tried again. */
export type TrialOutcome =
  | { readonly state: "complete"; readonly value: number }
  | { readonly state: "pruned"; readonly value: number }
  /** `missing`: it failed because nobody measures the sweep's metric, in one sentence. */
  | { readonly state: "failed"; readonly error: string; readonly missing?: string }
  | { readonly state: "interrupted" }
  | { readonly state: "died"; readonly error: string };
