/** What a fix is made of. */
import type { Diagnosis, Prescription } from "../doctor/index.js";
import type { Changes } from "./changes.js";
import type { Outcome } from "./outcome.js";

/** A training, and what the doctor says of it. */
export interface FixState {
  /** The run's folder. */
  readonly dir: string;
  readonly diagnosis: Diagnosis;
  readonly outcome: Outcome | undefined;
  /** The loss that it minimised, as `fit` resolved it; undefined where the record says none. */
  readonly loss?: string | undefined;
  /** What it had other than the first. */
  readonly changes: Changes;
  /** On validation it answers better than by guessing; undefined where that cannot be said. */
  readonly beyondGuessing: boolean | undefined;
  /** Rows of validation of which a class is known; undefined where nothing was recorded of them. */
  readonly validationRows?: number;
  /** Why a program with its changes written into it begins with other weights, and comes to other numbers; a clause. */
  readonly otherStart?: string;
  /** Why its `data.json` cannot be read, by which `beyondGuessing` is unknown and some rules could not judge. */
  readonly unread?: string;
  /** The validation accuracy of a vote of the nearest training rows; known where no alarm is left, and it can be had. */
  readonly nearest?: number;
}

export interface FixAttempt extends FixState {
  /** From 1, of all trainings of the fix: those that failed have one too. */
  readonly number: number;
  readonly prescription: Prescription;
  /** What this prescription changed. */
  readonly added: Changes;
  /** It was given up after a few epochs, since they had the same problem. */
  readonly probe: boolean;
}

/** A training that threw an error, as a callback may. */
export interface FixFailure {
  readonly number: number;
  readonly prescription: Prescription;
  /** What was thrown. */
  readonly why: string;
}

export interface FixFacts {
  readonly before: FixState;
  /** The best of all states; `before` itself if nothing was better. */
  readonly best: FixState;
  readonly attempts: readonly FixAttempt[];
  /** Default: none. */
  readonly failed?: readonly FixFailure[];
  /** Why nothing was tried, though there is a verdict; a clause. */
  readonly refused?: string;
  /** What only a person can do, and why. */
  readonly advice: readonly { readonly prescription: Prescription; readonly why: string }[];
}
