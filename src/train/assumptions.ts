/** What was assumed about targets of which nobody said what they mean, and how to say it. */
import type { TakenFor, TargetColumn } from "../data/columns.js";
import type { tf } from "../native/index.js";
import { headActivations } from "./head.js";
import { isOne, type LossPlan } from "./heads.js";
import { type LossOptions, namedLoss } from "./lossOptions.js";
import { outputNames } from "./outputNames.js";

const forms: Readonly<Record<TakenFor, string>> = { labels: "whole numbers", oneHot: "rows of one 1" };

/** Behind a sentence that refuses labels; empty where it was said that they are labels. */
export function takenHint(taken: TakenFor | undefined): string {
  return taken === undefined
    ? ""
    : `; data.arrays took ${forms[taken]} for labels: task: "regression" keeps them as values`;
}

/**
 * Behind a sentence that refuses values: whole numbers [n, 1] may be labels.
 *
 * @param units outputs of the model; empty where the values are no labels of so many classes
 */
export function columnHint(
  { values, shape }: Pick<TargetColumn, "values" | "shape">,
  units: number | null | undefined,
): string {
  const isColumn = shape.length === 1 && shape[0] === 1;
  if (!isColumn || !units || !values.every((value: number) => Number.isInteger(value) && value >= 0))
    return "";
  return values.every((value: number) => value < units)
    ? `; they are whole numbers: data.arrays with classes: ${units} takes them for labels`
    : "";
}

export interface Assumed {
  readonly model: tf.LayersModel;
  /** In the model's order. */
  readonly targets: readonly Pick<TargetColumn, "classes" | "taken">[];
  readonly option: LossOptions | undefined;
  readonly loss: LossPlan;
}

/**
 * One sentence for each output whose loss nobody named, and whose targets could mean something else: labels by their form
 * alone, unless the output is made for classes (a softmax; a sigmoid for two) or no values would fit it (whole numbers
 * [n] before several units are labels, logits or not), and values behind a softmax.
 */
export function assumptions({ model, targets, option, loss }: Assumed): string[] {
  const names = outputNames(model);
  const heads = headActivations(model);
  return names.flatMap((name, k) => {
    const given = namedLoss(option, name, k);
    const chosen = isOne(loss) ? loss : loss[name];
    if (given !== undefined && given !== "auto") return [];
    const { classes, taken } = targets[k] ?? { classes: undefined };
    const head = heads[k] as string;
    const learns = `fit learns the targets of "${names.length > 1 ? name : model.name}" as`;
    if (classes === undefined)
      return head === "softmax"
        ? [
            `${learns} values, by ${chosen}, though its output is a softmax: data.arrays makes labels of whole numbers with classes, and of rows of one 1; loss: "${chosen}" says that values are meant`,
          ]
        : [];
    const isMade = head === "softmax" || (head === "sigmoid" && chosen === "binaryCrossEntropy");
    const areLabels = taken === "labels" && (model.outputs[k]?.shape.at(-1) ?? 1) > 1;
    if (taken === undefined || isMade || areLabels) return [];
    return [
      `${learns} labels of ${classes} classes, by ${chosen}, since they are ${forms[taken]}, though its output is ${article(head)}: task: "regression" in data.arrays keeps them as values; loss: "${chosen}" says that labels are meant`,
    ];
  });
}

function article(head: string): string {
  if (head === "unknown") return "no softmax or sigmoid";
  return `${/^[aeiou]/.test(head) ? "an" : "a"} ${head} one`;
}
