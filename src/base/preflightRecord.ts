/** What was checked before a training's first step, as its run's record keeps it. */

/** In the order in which they are told: what the data are first, then what the model makes of them. */
export const preflightChecks = [
  "leak between splits",
  "scale of inputs and targets",
  "balance of classes",
  "output and loss",
  "initial loss",
  "gradients",
  "one batch",
] as const;

export type PreflightCheckName = (typeof preflightChecks)[number];

export interface PreflightFinding {
  readonly check: PreflightCheckName;
  /** The doctor's name for it, where it has one. */
  readonly problem?: string;
  readonly severity: "error" | "warning";
  /** The doctor's name of another finding that brings this one about. */
  readonly follows?: string;
  /** One sentence: what was found, and where. */
  readonly message: string;
  readonly layer?: string;
  /** What to do about it, and a line of code for it. */
  readonly advice?: string;
  readonly code?: string;
}

/** Invariant: each check is in one of the three lists; one with several findings is several times in its own. */
export interface PreflightRecord {
  readonly seconds: number;
  readonly passed: readonly PreflightCheckName[];
  readonly findings: readonly PreflightFinding[];
  /** Why not, in a part of a sentence. */
  readonly notChecked: readonly { readonly check: PreflightCheckName; readonly why: string }[];
}
