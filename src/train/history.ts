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

/** Adds what an epoch measured. */
export function addEpoch(history: History, values: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(values)) {
    const series = history[key];
    if (series) series.push(value);
    else (history as Record<string, number[]>)[key] = [value];
  }
}

/** Takes a saved history's epochs, as a copy, in the place of those that it has. */
export function takeOver(history: History, saved: History): void {
  for (const [key, values] of Object.entries(saved)) (history as Record<string, number[]>)[key] = [...values];
}
