import type { TargetColumn } from "../data/columns.js";
import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import { headActivations } from "./head.js";
import { type ChosenLoss, isOne, type LossPlan } from "./heads.js";
import { outputNames } from "./outputNames.js";

/**
 * Checks that a loss can be computed of what a model puts out and of the data's targets, and says which can. Model and
 * data fit each other already.
 *
 * @param splits those that are read, their columns in the model's order
 * @throws TypeError in one sentence with what to use instead.
 */
export function checkLoss(
  loss: LossPlan,
  model: tf.LayersModel,
  { dataset, splits }: { dataset: Dataset; splits: readonly Split[] },
): void {
  if (isOne(loss)) {
    const { classes, name: what } = dataset;
    checkOne({ loss, head: 0, classes, what, of: model.name, model, splits });
    return;
  }
  const targets = splits[0]?.columns?.targets ?? [];
  for (const [head, name] of outputNames(model).entries()) {
    const { classes } = targets[head] as TargetColumn;
    checkOne({ loss: loss[name] as ChosenLoss, head, classes, what: name, of: name, model, splits });
  }
}

const labelled = "give data.arrays labels as y, or rows of one 1 and else 0";

interface Checked {
  readonly loss: ChosenLoss;
  /** The output's number. */
  readonly head: number;
  readonly classes: number | undefined;
  /** What targets and output are called. */
  readonly what: string;
  readonly of: string;
  readonly model: tf.LayersModel;
  readonly splits: readonly Split[];
}

function checkOne({ loss, head, classes, what, of, model, splits }: Checked): void {
  // What a person's own can be computed of, it tells itself.
  if (typeof loss === "object") return;
  const units = model.outputs[head]?.shape.at(-1) ?? 1;
  const refuse = (required: string, given: string, instead: string): never => {
    throw new TypeError(`fit needs ${required} for ${loss}; ${given}: ${instead}`);
  };
  if (classes === undefined) {
    if (loss === "crossEntropy")
      refuse("class labels", `"${what}" is a regression`, `${labelled}, or use loss "meanSquaredError"`);
    const outside = loss === "binaryCrossEntropy" ? outsideOfUnit(splits, head) : undefined;
    if (outside !== undefined)
      refuse("targets from 0 to 1", `"${what}" holds ${outside}`, 'use loss "meanSquaredError"');
    return;
  }
  const outputs = `"${of}" has ${units} output${units === 1 ? "" : "s"}`;
  if (loss === "crossEntropy" && units === 1)
    refuse("one output for each class", outputs, 'use loss "binaryCrossEntropy" with a sigmoid');
  if (loss !== "crossEntropy" && units > 1)
    refuse("a single output beside class labels", outputs, 'use loss "crossEntropy"');
  if (loss === "binaryCrossEntropy" && headActivations(model)[head] === "softmax")
    refuse(
      "an output that can change",
      `the softmax of the one output of "${of}" is always 1`,
      "use a sigmoid there",
    );
}

/** The first target below 0 or above 1. */
function outsideOfUnit(splits: readonly Split[], head: number): number | undefined {
  for (const { y, columns } of splits) {
    const values = columns?.targets[head]?.values ?? y;
    const found = (values as Float32Array).find((value) => !(value >= 0 && value <= 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
