/** Training: the types that a person may want to name. */
export type { Callback, EpochContext, StepContext, TrainingContext } from "./callback.js";
export type { CheckpointOptions } from "./checkpoint/checkpointOptions.js";
export type { ClassWeights } from "./classWeights.js";
export type { EarlyStoppingOptions } from "./earlyStopping.js";
export type { FitOptions } from "./fitOptions.js";
export type { History } from "./history.js";
export type { LossName } from "./loss.js";
export type { OwnLoss } from "./ownLoss.js";
export type { TrackOptions } from "./trackOption.js";
