import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import type { Schedule } from "../optim/index.js";
import type { Callback } from "./callback.js";
import type { HeadWeights } from "./classWeights.js";
import type { EarlyStopping } from "./earlyStopping.js";
import type { LossPlan } from "./heads.js";
import type { LossScalePlan } from "./lossScaleOption.js";

/**
 * What a training does, after the door: every option is checked and has its value.
 *
 * Invariants: `epochs`, `batchSize`, `sampleEvery` are whole numbers ≥ 1; model, loss and data fit each other.
 */
export interface TrainingPlan {
  readonly dataset: Dataset;
  /** Their columns, if they have any, are in the order of the model's inputs and outputs. */
  readonly train: Split;
  readonly validation: Split | undefined;
  readonly loss: LossPlan;
  readonly epochs: number;
  readonly batchSize: number;
  /** Batches an update, ≥ 1: a step is an update. */
  readonly accumulate: number;
  /** Updates in an epoch; the last may have fewer batches. */
  readonly stepsPerEpoch: number;
  /** Steps of all epochs after which the training ends; infinite for no limit. */
  readonly maxSteps: number;
  /** Seconds of this call after which it ends; infinite for no limit. */
  readonly maxSeconds: number;
  /** What to do about a loss or gradient that is NaN or infinite. */
  readonly notFinite: "stop" | "skip" | "tell";
  /** What to do when a step needs more memory than there is. */
  readonly outOfMemory: "stop" | "halve";
  /** Of a training in float16. */
  readonly lossScale?: LossScalePlan | undefined;
  readonly callbacks: readonly Callback[];
  readonly seed: number;
  readonly shuffle: boolean;
  /** Factor of each class's losses. */
  readonly classWeights: HeadWeights | undefined;
  readonly earlyStopping: EarlyStopping | undefined;
  /** Base rate. */
  readonly learningRate: number;
  /** Factor of the rate over time. */
  readonly schedule: Schedule;
  /** Gradients, weights and activations are measured at step 0 and at every multiple of this. */
  readonly sampleEvery: number;
}
