/** Where a training stands between two steps: with it another process goes on as if nothing had happened. */
import type { EarlyStoppingState } from "./earlyStopping.js";
import type { History } from "./history.js";
import type { LossScaleState } from "./lossScale.js";
import type { MeterState } from "./meter.js";
import type { SavedStep, SavedTensor } from "./seams.js";

/**
 * What is no tensor. Random numbers need no state: each epoch's order and each step's noise are drawn anew from the
 * seed and the epoch's or step's number.
 */
export interface TrainingState {
  /** Finished ones. */
  readonly epochs: number;
  /** Batches of the next epoch that were trained. */
  readonly batches: number;
  /** Over all epochs. */
  readonly steps: number;
  /** What those batches measured. */
  readonly meter: MeterState;
  readonly history: History;
  readonly learningRate: number;
  /** Pieces that each batch is cut into for want of memory. */
  readonly pieces: number;
  /** Updates that were left out in a row, up to now. */
  readonly skipped: number;
  /** Of training, before this and earlier ends. */
  readonly seconds: number;
  /** Of one that learns from the training. */
  readonly schedule?: unknown;
  readonly earlyStopping?: EarlyStoppingState;
  /** Of one in float16. */
  readonly lossScale?: LossScaleState;
}

export interface SavedTraining {
  readonly state: TrainingState;
  readonly step: SavedStep;
  /** The model's weights of its best epoch, in the model's order; empty if none are kept. */
  readonly best: readonly SavedTensor[];
}
