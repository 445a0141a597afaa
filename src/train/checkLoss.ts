import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import { headActivation } from "./head.js";
import type { LossName } from "./loss.js";

/**
 * Checks that a loss can be computed of what a model puts out and of the data's targets, and says which can. Model and
 * data fit each other already.
 *
 * @param splits those that are read
 * @throws TypeError in one sentence with what to use instead.
 */
export function checkLoss(
  loss: LossName,
  model: tf.LayersModel,
  { dataset, splits }: { dataset: Dataset; splits: readonly Split[] },
): void {
  const units = model.outputs[0]?.shape.at(-1) ?? 1;
  const refuse = (required: string, given: string, instead: string): never => {
    throw new TypeError(`fit needs ${required} for ${loss}; ${given}: ${instead}`);
  };
  const { classes, name } = dataset;
  if (classes === undefined) {
    if (loss === "crossEntropy")
      refuse("class labels", `"${name}" is a regression`, 'use loss "meanSquaredError"');
    const outside = loss === "binaryCrossEntropy" ? outsideOfUnit(splits) : undefined;
    if (outside !== undefined)
      refuse("targets from 0 to 1", `"${name}" holds ${outside}`, 'use loss "meanSquaredError"');
    return;
  }
  const outputs = `"${model.name}" has ${units} output${units === 1 ? "" : "s"}`;
  if (loss === "crossEntropy" && units === 1)
    refuse("one output for each class", outputs, 'use loss "binaryCrossEntropy" with a sigmoid');
  if (loss !== "crossEntropy" && units > 1)
    refuse("a single output beside class labels", outputs, 'use loss "crossEntropy"');
  if (loss === "binaryCrossEntropy" && headActivation(model) === "softmax")
    refuse(
      "an output that can change",
      `the softmax of the one output of "${model.name}" is always 1`,
      "use a sigmoid there",
    );
}

/** The first target below 0 or above 1. */
function outsideOfUnit(splits: readonly Split[]): number | undefined {
  for (const { y } of splits) {
    const found = (y as Float32Array).find((value) => !(value >= 0 && value <= 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
