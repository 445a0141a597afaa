/** Whom a training talks to, and what it hands back. */
import type { tf } from "../native/index.js";
import type { Batch } from "./batch.js";
import type { History } from "./history.js";
import type { Progress } from "./progress.js";
import type { Recorder } from "./recorder.js";
import type { TrainingStep, TrialSeam } from "./seams.js";
import type { SavedTraining } from "./trainingState.js";

export interface Surroundings {
  readonly step: TrainingStep<Batch>;
  readonly model: tf.LayersModel;
  /** Undefined: nothing is recorded and no step is sampled. */
  readonly recorder: Recorder | undefined;
  readonly progress: Progress;
  readonly trial: TrialSeam | undefined;
  /** Abort the training. */
  readonly signals: readonly AbortSignal[];
  /** Told in a sentence what does not go as it should. */
  readonly tell: (sentence: string) => void;
  /** Undefined: none are written. */
  readonly checkpoints?: Checkpoints | undefined;
  /** Where this training goes on from. */
  readonly resumed?: SavedTraining | undefined;
}

/** Keeps states of a training. */
export interface Checkpoints {
  /** Whether one is due after the `steps`-th step, in an epoch. */
  isDueAfterStep(steps: number): boolean;
  isDueAfterEpoch(epoch: number, values: Readonly<Record<string, number>>): boolean;
  /** @param values of the epoch that has just ended; undefined in the middle of one */
  save(saved: SavedTraining, values?: Readonly<Record<string, number>>): Promise<void>;
}

/** Why a training ended before its last epoch. */
export interface Stop {
  readonly why: "earlyStopping" | "notFinite" | "limit" | "callback";
  readonly reason: string;
}

/** How a training ended, when it was not interrupted or pruned. */
export interface Outcome {
  readonly stopped?: Stop;
}

/** What was done, filled as a training goes: whoever catches an error has it too. */
export interface TrainingLog {
  readonly history: History;
  /** Number of steps taken. */
  steps: number;
  /** Seconds in which steps waited for batches of samples that do not stay on the device; absent where they all do. */
  inputSeconds?: number;
}
