/** What a run keeps of the data that it is trained with. */

import type { Deadline } from "./base/deadline.js";
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
export function keepData(run: Run, model: tf.LayersModel, plan: FitPlan): void {
  try {
    if (storedData(run.dir)) return;
    writeData(run.dir, dataOf(model, plan, { tell: (sentence) => run.problem(sentence) }));
  } catch (error) {
    run.problem(`what the data are is not recorded: ${(error as Error).message}`);
  }
}

export interface DataOfOptions {
  /** Why the test split is left out, where it does not fit. */
  readonly tell?: (sentence: string) => void;
  /** Of what is not known yet, as `recordData` takes it. */
  readonly deadline?: Deadline;
}

/** What is kept of them. @throws OutOfTime */
export function dataOf(
  model: tf.LayersModel,
  { training }: FitPlan,
  { tell = () => {}, deadline }: DataOfOptions = {},
): DataToKeep {
  const { dataset, train, validation } = training;
  const { name, classes, classNames } = dataset;
  const test = testOf(model, training, tell);
  return known({ dataset: name, classes, classNames, train, validation, test }, deadline);
}

/** `fit` trains without it, so that it may be one that does not fit. */
function testOf(
  model: tf.LayersModel,
  { dataset: { test }, train }: FitPlan["training"],
  tell: (sentence: string) => void,
): Split | undefined {
  if (!test) return undefined;
  try {
    const split = modelSplit("fit", model, test);
    if (String(split.inputShape) === String(train.inputShape)) return split;
    throw new TypeError(`its rows are of [${split.inputShape.join(", ")}]`);
  } catch (error) {
    tell(`the record of the data is without the test split: ${(error as Error).message}`);
    return undefined;
  }
}

const made = new WeakMap<Split, { readonly of: RecordedSplits; readonly kept: DataToKeep }>();

/** Trainings one after another have the same splits, as the trials of a sweep: they are looked at once. What was cut is not kept. */
function known(of: RecordedSplits, deadline: Deadline | undefined): DataToKeep {
  const before = made.get(of.train);
  const keys = ["dataset", "classes", "classNames", "validation", "test"] as const;
  if (before && keys.every((key) => before.of[key] === of[key])) return before.kept;
  const kept = recordData(of, deadline);
  if (deadline === undefined || deadline.left > 0) made.set(of.train, { of, kept });
  return kept;
}
