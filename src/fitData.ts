/** What a run keeps of the data that it is trained with. */

import { type DataToKeep, type RecordedSplits, recordData } from "./data/record/recordData.js";
import type { Split } from "./data/split.js";
import type { tf } from "./native/index.js";
import { type Run, storedData, writeData } from "./track/index.js";
import type { FitPlan } from "./train/fitPlan.js";
import { modelSplit } from "./train/modelSplit.js";

/**
 * Writes `data.json` and `rows.bin`, once a run: of a resumed training, and of the further ones of a trial, those of the first
 * stay. What goes wrong with it stops no training.
 */
export function keepData(run: Run, model: tf.LayersModel, { training }: FitPlan): void {
  try {
    if (storedData(run.dir)) return;
    const { dataset, train, validation } = training;
    const { name, classes } = dataset;
    writeData(
      run.dir,
      known({ dataset: name, classes, train, validation, test: testOf(run, model, training) }),
    );
  } catch (error) {
    run.problem(`what the data are is not recorded: ${(error as Error).message}`);
  }
}

/** `fit` trains without it, so that it may be one that does not fit. */
function testOf(
  run: Run,
  model: tf.LayersModel,
  { dataset: { test }, train }: FitPlan["training"],
): Split | undefined {
  if (!test) return undefined;
  try {
    const split = modelSplit("fit", model, test);
    if (String(split.inputShape) === String(train.inputShape)) return split;
    throw new TypeError(`its rows are of [${split.inputShape.join(", ")}]`);
  } catch (error) {
    run.problem(`the record of the data is without the test split: ${(error as Error).message}`);
    return undefined;
  }
}

const made = new WeakMap<Split, { readonly of: RecordedSplits; readonly kept: DataToKeep }>();

/** Trainings one after another have the same splits, as the trials of a sweep: they are looked at once. */
function known(of: RecordedSplits): DataToKeep {
  const before = made.get(of.train);
  const keys = ["dataset", "classes", "validation", "test"] as const;
  if (before && keys.every((key) => before.of[key] === of[key])) return before.kept;
  const kept = recordData(of);
  made.set(of.train, { of, kept });
  return kept;
}
