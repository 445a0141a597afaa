/** What a fix is made of. */
import type { Diagnosis, Prescription } from "../doctor/index.js";
import type { Changes } from "./changes.js";
import type { Outcome } from "./repeatable.js";

/** A training, and what the doctor says of it. */
export interface FixState {
  /** The run's folder. */
  readonly dir: string;
  readonly diagnosis: Diagnosis;
  readonly outcome: Outcome | undefined;
}

export interface FixAttempt extends FixState {
  readonly prescription: Prescription;
  readonly changes: Changes;
  /** It was given up after a few epochs, since they had the same problem. */
  readonly probe: boolean;
}

export interface FixFacts {
  readonly before: FixState;
  /** The best of all states; `before` itself if nothing was better. */
  readonly best: FixState & { readonly changes: Changes };
  readonly attempts: readonly FixAttempt[];
  /** What only a person can do, and why. */
  readonly advice: readonly { readonly prescription: Prescription; readonly why: string }[];
}
