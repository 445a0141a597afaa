/** What is trained on and validated with, as the model reads it. */
import type { TargetColumn } from "../data/columns.js";
import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import { targetColumns } from "../data/targetColumns.js";
import type { tf } from "../native/index.js";
import { checkDataset } from "./checkDataset.js";
import { checkFits } from "./checkFits.js";
import type { FitOptions } from "./fitOptions.js";
import { modelSplit } from "./modelSplit.js";
import { rowsAgain } from "./rowsAgain.js";

export interface TrainingData {
  readonly dataset: Dataset;
  readonly train: Split;
  readonly validation: Split | undefined;
  /** Those of the two that there are. */
  readonly splits: readonly Split[];
  /** One for each of the model's outputs. */
  readonly targets: readonly Pick<TargetColumn, "values" | "classes" | "taken">[];
}

/** @throws TypeError where shapes or labels do not fit the model. */
export function trainingData(model: tf.LayersModel, given: Dataset, options: FitOptions): TrainingData {
  checkDataset(given);
  const read = {
    dataset: given,
    train: modelSplit("fit", model, given.train),
    validation: validationOf(options, model, given),
  };
  const { dataset, train, validation } = rowsAgain(read, model, options.loss);
  const { classes } = dataset;
  const splits = validation ? [train, validation] : [train];
  const targets = targetColumns(train, classes);
  const each = targets.map((target) => target.classes);
  for (const split of splits) checkFits("fit", model, { split, classes: each });
  return { dataset, train, validation, splits, targets };
}

function validationOf(
  { validation }: FitOptions,
  model: tf.LayersModel,
  dataset: Dataset,
): Split | undefined {
  const split = validation === false ? undefined : (validation ?? dataset.validation);
  return split && modelSplit("fit", model, split);
}
