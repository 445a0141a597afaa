/** Functions of a person's own that a training calls. */
import type { tf } from "../native/index.js";
import type { History } from "./history.js";

/** What each of them may use. */
export interface TrainingContext {
  readonly model: tf.LayersModel;
  /** All that the training is to have. */
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Of the last step; 0 before the first. */
  readonly learningRate: number;
  /** Gives the model the weights as they are now, averaged ones where the optimiser averages: it costs a copy of them. */
  pull(): void;
  /** Records values in the run, at the present step. Nothing with `track: false`. */
  log(values: Readonly<Record<string, number>>): void;
  /** Ends the training after this step, or epoch; the run's `stopReason` says why. */
  stop(reason?: string): void;
}

/** After a step, one update of the weights. */
export interface StepContext extends TrainingContext {
  /** From 0 over all epochs. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Means over the step's samples, such as `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The update was left out: its loss or gradients were not finite. */
  readonly isSkipped: boolean;
}

/** After an epoch and its validation. */
export interface EpochContext extends TrainingContext {
  /** From 1. */
  readonly epoch: number;
  /** How many steps were taken so far. */
  readonly steps: number;
  /** What the epoch measured: `loss`, `accuracy`, `valLoss`, … */
  readonly values: Readonly<Record<string, number>>;
  /** Of all epochs so far, this one too. */
  readonly history: History;
}

type Hook<T> = (context: T) => void | Promise<void>;

/**
 * Called one after another, each waited for; what one throws ends the training, and the run as failed. Their own state
 * is not part of a checkpoint.
 *
 * @example fit(model, mnist, { callbacks: { epoch: ({ values, stop }) => { if (values.valLoss < 0.1) stop(); } } });
 */
export interface Callback {
  readonly begin?: Hook<TrainingContext>;
  readonly step?: Hook<StepContext>;
  readonly epoch?: Hook<EpochContext>;
  /** The model has its final weights. Not called when the training fails. */
  readonly end?: Hook<Omit<TrainingContext, "pull" | "stop">>;
}

const hooks = ["begin", "step", "epoch", "end"] as const;

/** @throws TypeError for what is none. */
export function callbacksOf(given: Callback | readonly Callback[] | undefined): readonly Callback[] {
  if (given === undefined) return [];
  const all = Array.isArray(given) ? (given as readonly Callback[]) : [given as Callback];
  for (const callback of all) {
    const names = typeof callback === "object" && callback !== null ? Object.keys(callback) : [];
    const wrong = names.find((name) => !(hooks as readonly string[]).includes(name));
    const usable = hooks.filter((name) => typeof callback?.[name] === "function");
    if (wrong !== undefined || usable.length === 0)
      throw new TypeError(
        `fit needs callbacks with functions ${hooks.join(", ")}; it was given ${wrong === undefined ? String(callback) : `"${wrong}"`}`,
      );
  }
  return all;
}
