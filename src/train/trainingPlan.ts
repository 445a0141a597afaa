import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import type { Schedule } from "../optim/index.js";
import type { EarlyStopping } from "./earlyStopping.js";
import type { LossName } from "./loss.js";

/**
 * What a training does, after the door: every option is checked and has its value.
 *
 * Invariants: `epochs`, `batchSize`, `sampleEvery` are whole numbers ≥ 1; model, loss and data fit each other.
 */
export interface TrainingPlan {
  readonly dataset: Dataset;
  readonly train: Split;
  readonly validation: Split | undefined;
  readonly loss: LossName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly shuffle: boolean;
  /** Factor of each class's losses. */
  readonly classWeights: Float32Array | undefined;
  readonly earlyStopping: EarlyStopping | undefined;
  /** Base rate. */
  readonly learningRate: number;
  /** Factor of the rate over time. */
  readonly schedule: Schedule;
  /** Gradients, weights and activations are measured at step 0 and at every multiple of this. */
  readonly sampleEvery: number;
}
