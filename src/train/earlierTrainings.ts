import type { TrialSeam } from "./seams.js";

/** How much was trained in one trial before. */
export interface Earlier {
  readonly epochs: number;
  readonly steps: number;
}

export const nothingEarlier: Earlier = { epochs: 0, steps: 0 };

const done = new WeakMap<TrialSeam, Earlier>();

/**
 * What the trainings did that this trial had before: one that trains several times (folds, phases of a fine-tuning)
 * goes on counting epochs and steps, in what it reports and in its run.
 */
export function earlierTrainings(trial: TrialSeam | undefined): Earlier {
  return (trial && done.get(trial)) ?? nothingEarlier;
}

/** Adds a training that has ended, however it did. */
export function addTraining(trial: TrialSeam | undefined, { epochs, steps }: Earlier): void {
  if (!trial) return;
  const before = earlierTrainings(trial);
  done.set(trial, { epochs: before.epochs + epochs, steps: before.steps + steps });
}
