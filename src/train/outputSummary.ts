/** What each output of a model is taught, for a run's record. */
import type { OutputSummary, TargetSummary } from "../base/modelSummary.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { TargetColumn } from "../data/columns.js";
import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import { targetColumns } from "../data/targetColumns.js";
import type { tf } from "../native/index.js";
import { headActivations } from "./head.js";
import { headsOf, type LossPlan } from "./heads.js";
import { lossAnswers } from "./lossAnswers.js";

/** Rows of values that are looked at. */
const mostRows = 10_000;

export interface Taught {
  readonly dataset: Pick<Dataset, "classes">;
  /** Its columns, if it has any, in the model's order. */
  readonly train: Pick<Split, "y" | "targetShape" | "columns">;
  readonly loss: LossPlan;
}

/** In the order of the model's outputs. */
export function outputSummaries(model: tf.LayersModel, { dataset, train, loss }: Taught): OutputSummary[] {
  const activations = headActivations(model);
  const targets = targetColumns(train, dataset.classes);
  return headsOf(model, loss).map((head, k) => {
    const shape = model.outputs[k]?.shape ?? [];
    const units = shape.at(-1) ?? 1;
    const target = targetSummary(targets[k] as Target);
    const isAskable = head.loss.own !== undefined && shape.length === 2;
    const answers = isAskable ? lossAnswers(head.loss, { units, target }) : undefined;
    return {
      name: head.name,
      activation: activations[k] as string,
      units,
      loss: head.loss.name,
      target,
      ...(answers && { ownLoss: answers }),
    };
  });
}

type Target = Pick<TargetColumn, "values" | "shape" | "classes">;

/** @param target of which at most 10,000 rows are looked at */
export function targetSummary({ values, shape, classes }: Target): TargetSummary {
  if (classes !== undefined) return { kind: "classes", classes };
  const width = sizeOfShape(shape);
  const seen = values.subarray(0, mostRows * width);
  const share = (holds: (value: number) => boolean) => {
    let count = 0;
    for (const value of seen) if (holds(value)) count++;
    return seen.length === 0 ? 0 : count / seen.length;
  };
  const isBinary = share((value) => value === 0 || value === 1) === 1;
  if (isBinary && width > 1 && isOneHot(seen, width)) return { kind: "oneHot", classes: width };
  return {
    kind: isBinary ? "binary" : "values",
    negative: share((value) => value < 0),
    belowMinusOne: share((value) => value < -1),
    aboveOne: share((value) => value > 1),
  };
}

/** @param values nothing but 0 and 1 */
function isOneHot(values: ArrayLike<number>, width: number): boolean {
  for (let row = 0; row < values.length; row += width) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[row + k] as number;
    if (sum !== 1) return false;
  }
  return true;
}
