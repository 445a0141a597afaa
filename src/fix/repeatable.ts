/** A training that can be done again with changes. */
import type { Changes } from "./changes.js";
import type { KeptBy } from "./outcome.js";

export interface RepeatOptions {
  /** What the new run is called. */
  readonly name: string;
  /** At most so many epochs. Default: as many as before. */
  readonly epochs?: number;
}

/**
 * Duty: the same data, seed and options but for the changes; the first run, its model and its data stay as they are. Each
 * repetition is a recorded run of its own, a part of the first.
 */
export interface Repeatable {
  readonly dir: string;
  /** Of the data set and the first weights that it holds. */
  readonly bytes: number;
  /** Epochs asked for. */
  readonly epochs: number;
  /** Seconds that it took. */
  readonly seconds: number;
  /** That whose best epoch gave the model its weights, after such changes; undefined where it was the last one. */
  keptBy(changes: Changes): KeptBy | undefined;
  /** What each column of the targets is divided by with such changes; undefined where they stay in their unit. */
  targetDeviations(changes: Changes): ArrayLike<number> | undefined;
  /** The accuracy that can be had on validation with such changes of the data, at least; undefined where that is not known. */
  attainable(changes: Changes): number | undefined;
  /**
   * Why a program into which such changes are written begins with other weights than the repetition; a clause. Undefined where it begins
   * with the same.
   */
  otherStart(changes: Changes): Promise<string | undefined>;
  /**
   * @returns the folder of the new run
   * @throws NotApplicable if a change cannot be made by itself; nothing was trained then.
   */
  repeat(changes: Changes, options: RepeatOptions): Promise<string>;
}
