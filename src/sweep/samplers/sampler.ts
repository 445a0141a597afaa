/** The seam between a sweep and whatever proposes its next trial. */
import type { Parameters, Space } from "../space.js";
import type { Direction, TrialRecord } from "../trialRecord.js";

/**
 * What a sampler may look at. Everything it may depend on is here, so that a proposal can be repeated: the same
 * view and number give the same answer, in this process or in one that resumed from the journal.
 */
export interface SamplerView {
  readonly seed: number;
  readonly direction: Direction;
  /** Every parameter known so far: as declared, or those that observed trials asked for. */
  readonly space: Space;
  /** True when the space was declared; else trials may ask for more than is known, or less. */
  readonly declared: boolean;
  /** Those of `space` that every observed complete or pruned trial used: they are drawn jointly. */
  readonly joint: readonly string[];
  /** Finished trials (complete, pruned, failed) the sampler may know of. The list only grows. */
  readonly observed: readonly TrialRecord[];
  /** What the trials propose that run now; their results are not known. */
  readonly running: readonly Parameters[];
  /** True when this combination was tried or runs. */
  isTaken(params: Parameters): boolean;
  /** True when no combination is left. Never while a parameter is continuous. */
  readonly exhausted: boolean;
  /** The first free combination in order: for spaces that are nearly used up. */
  firstFree(): Parameters | "wait" | "exhausted";
}

/**
 * Proposes values: the "ask" of ask and tell. The "tell" is that `observed` has grown.
 *
 * Lifecycle: one object a sweep; `propose` is called once for each trial, in order of numbers, and again with a
 * longer view after it answered "wait". A sampler may keep what it computed from `observed`, never more than that.
 * Guarantees asked for: a proposal holds values of `view.space` only (some, all or none; what is left out is
 * drawn uniformly by the trial, or is the first value where `firstValues` is set); chance comes from
 * `random(view.seed)` split by its own label and the number; no combination that `isTaken` while another is free.
 * Trials may have failed, may have NaN or infinite values and may lack parameters.
 */
export interface Sampler {
  readonly name: string;
  /** What the record of the sweep keeps about it: plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Parameters that were not proposed take their first value instead of a drawn one. */
  readonly firstValues?: boolean;
  /** `wait`: ask again when another trial has finished. `exhausted`: there is nothing left to try. */
  propose(view: SamplerView, number: number): Parameters | "wait" | "exhausted";
}
