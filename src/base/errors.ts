/** Errors that cross module borders. Bad input is a TypeError (shape) or RangeError (bounds) instead. */

/** Thrown by `fit({ trial })`, or by an objective, when the pruner decided to stop a trial early. */
export class TrialPruned extends Error {
  override readonly name = "TrialPruned";
  constructor(message = "the trial was pruned") {
    super(message);
  }
}

/**
 * Marks errors that say that the person interrupted, whichever copy of the library they come from: a name anybody may
 * give to theirs.
 */
const interruption: unique symbol = Symbol.for("tunelab.interruption") as never;

/** Thrown when the person interrupted the work. What was done before stays on disk. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(message = "interrupted") {
    super(message);
  }
  get [interruption](): true {
    return true;
  }
}

/**
 * A metric was asked for that nobody measures: every other trial of a sweep would fail by it too. Found again by its
 * name where a module comes from another copy of the library.
 */
export class MetricMissing extends RangeError {
  override readonly name = "MetricMissing";
}
