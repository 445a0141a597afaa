/** A training that can be done again with changes. */
import type { RunData } from "../track/index.js";
import type { Changes } from "./changes.js";

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
  /** Epochs asked for. */
  readonly epochs: number;
  /** Seconds that it took. */
  readonly seconds: number;
  /** Its model has the weights of its best epoch. */
  readonly restoresBest: boolean;
  /**
   * @returns the folder of the new run
   * @throws NotApplicable if a change cannot be made by itself; nothing was trained then.
   */
  repeat(changes: Changes, options: RepeatOptions): Promise<string>;
}

/** The number by which two runs are compared: validation before training, accuracy before loss. */
export interface Outcome {
  readonly metric: string;
  /** More is better: losses are negated. */
  readonly score: number;
  readonly value: number;
}

const metrics = ["valAccuracy", "accuracy", "valLoss", "loss"] as const;

/**
 * What a training left: of one that gives back its best epoch's weights the best value, else the last. Undefined without
 * any; a value that is not a number scores lowest.
 */
export function outcomeOf({ scalars }: RunData, restoresBest: boolean): Outcome | undefined {
  for (const metric of metrics) {
    const values = scalars.get(`epoch/${metric}`)?.values;
    if (!values || values.length === 0) continue;
    const sign = metric.endsWith("ccuracy") ? 1 : -1;
    const scores = Array.from(values, (value) =>
      Number.isFinite(value) ? sign * value : Number.NEGATIVE_INFINITY,
    );
    const score = restoresBest ? Math.max(...scores) : (scores.at(-1) as number);
    return { metric, score, value: Number.isFinite(score) ? sign * score : Number.NaN };
  }
  return undefined;
}
