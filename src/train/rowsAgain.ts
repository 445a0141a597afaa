/** Rows of one 1 that were taken for labels, as rows again where a loss was named that wants a value for each output. */
import type { TargetColumn } from "../data/columns.js";
import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import { targetColumns } from "../data/targetColumns.js";
import type { tf } from "../native/index.js";
import { type LossOptions, namedLoss } from "./lossOptions.js";
import { outputNames } from "./outputNames.js";

const ofRows: ReadonlySet<unknown> = new Set(["binaryCrossEntropy", "meanSquaredError"]);

/** Splits in the model's order, and the data set they are of. */
export interface Learnt {
  readonly dataset: Dataset;
  readonly train: Split;
  readonly validation: Split | undefined;
}

/**
 * What is learnt as the named losses take it. Only what nobody said to be labels is changed, so that a loss settles what
 * the rows are; without such targets all is returned as it was given.
 */
export function rowsAgain(given: Learnt, model: tf.LayersModel, option: LossOptions | undefined): Learnt {
  const { dataset, train, validation } = given;
  const targets = targetColumns(train, dataset.classes);
  const widths = outputNames(model).map((name, k) => {
    const target = targets[k];
    const output = model.outputs[k]?.shape;
    const isFit = output?.length === 2 && output[1] === target?.classes;
    return target?.taken === "oneHot" && isFit && ofRows.has(namedLoss(option, name, k))
      ? target.classes
      : undefined;
  });
  if (widths.every((width) => width === undefined)) return given;
  return {
    dataset: { ...dataset, classes: undefined },
    train: splitOfRows(train, widths),
    validation: validation && splitOfRows(validation, widths),
  };
}

/** @param widths of each target, how many classes it had; undefined for one that stays as it is */
function splitOfRows(split: Split, widths: readonly (number | undefined)[]): Split {
  const { taken, ...rest } = split;
  const plain = { name: undefined, values: split.y, shape: split.targetShape, classes: undefined };
  const targets = (split.columns?.targets ?? [plain]).map((column, k) => columnOfRows(column, widths[k]));
  const [first] = targets as [TargetColumn];
  return {
    ...rest,
    y: first.values,
    targetShape: first.shape,
    ...(first.taken && taken && { taken }),
    ...(split.columns && { columns: { ...split.columns, targets } }),
  };
}

function columnOfRows(column: TargetColumn, width: number | undefined): TargetColumn {
  // A split of another data set may hold values already.
  if (width === undefined || column.shape.length > 0) return column;
  const rows = new Float32Array(column.values.length * width);
  column.values.forEach((label: number, n: number) => {
    rows[n * width + label] = 1;
  });
  const { name } = column;
  return { name, values: rows, shape: [width], classes: undefined };
}
