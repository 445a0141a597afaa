/** What `fit` measured. */

export {
  bestOf,
  type Direction,
  directionOf,
  isBetter,
  validationName,
} from "../base/metric.js";

/**
 * What `fit` measured, one entry an epoch. Metrics a model does not have are empty: a regression has
 * `meanAbsoluteError` and `valMeanAbsoluteError` instead of accuracies; without validation data the
 * `val…` ones are empty.
 */
export interface History {
  readonly loss: number[];
  readonly accuracy: number[];
  readonly valLoss: number[];
  readonly valAccuracy: number[];
  /** At the epoch's last step. */
  readonly learningRate: number[];
  readonly [metric: string]: number[];
}

export function emptyHistory(): History {
  return { loss: [], accuracy: [], valLoss: [], valAccuracy: [], learningRate: [] };
}
