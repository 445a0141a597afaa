/** Which loss each output of a model has, and what it weighs. */
import { inOrder, type Several } from "../base/several.js";
import type { TargetColumn } from "../data/columns.js";
import type { tf } from "../native/index.js";
import { headActivations } from "./head.js";
import type { ChosenLoss, LossPlan } from "./heads.js";
import { type LossName, losses } from "./loss.js";
import { outputNames } from "./outputNames.js";
import { type OwnLoss, ownLoss } from "./ownLoss.js";

export type LossOption = "auto" | LossName | OwnLoss;
/** As it is given for a model: one for all outputs, or for each. */
export type LossOptions = LossOption | Several<LossOption>;

/** What is looked at of each output's targets. */
export type LossTargets = Pick<TargetColumn, "classes" | "values">;

/**
 * @throws RangeError for an unknown loss or output. @throws TypeError for an output without a loss.
 */
export function lossPlan(
  option: LossOptions,
  model: tf.LayersModel,
  targets: readonly LossTargets[],
): LossPlan {
  const names = outputNames(model);
  const asked = { who: "fit", what: "a loss", of: "outputs" };
  const isMany = typeof option === "object" && option !== null;
  const given = isMany ? inOrder(option, names, asked) : names.map(() => option);
  const plan = names.map((name, k): [string, ChosenLoss] => {
    const loss = given[k];
    if (loss === undefined && isMany)
      throw new TypeError(
        `fit needs a loss for each of the outputs ${names.map((one) => `"${one}"`).join(", ")}; none was given for "${name}" (one of auto, ${Object.keys(losses).join(", ")})`,
      );
    const units = model.outputs[k]?.shape.at(-1) ?? undefined;
    const head = headActivations(model)[k];
    return [name, lossOf(loss as LossOption, { ...(targets[k] as LossTargets), units, head })];
  });
  return plan.length === 1 ? (plan[0] as [string, ChosenLoss])[1] : Object.fromEntries(plan);
}

/** What was given for an output; not looked at yet whether it is a loss at all. */
export function namedLoss(option: LossOptions | undefined, name: string, k: number): unknown {
  if (typeof option !== "object" || option === null) return option;
  return Array.isArray(option) ? option[k] : (option as Readonly<Record<string, unknown>>)[name];
}

interface Learnt extends LossTargets {
  readonly units: number | undefined;
  readonly head: string | undefined;
}

function lossOf(option: LossOption, of: Learnt): ChosenLoss {
  if (typeof option === "function") return ownLoss(option, losses[usualLoss(of)]);
  if (option === "auto") return usualLoss(of);
  if (!Object.hasOwn(losses, option))
    throw new RangeError(
      `fit needs the loss to be auto, ${Object.keys(losses).join(", ")} or a function; it was given "${option}"`,
    );
  return option;
}

function usualLoss({ classes, values, units, head }: Learnt): LossName {
  if (classes === undefined)
    return head === "sigmoid" && isYesOrNo(values) ? "binaryCrossEntropy" : "meanSquaredError";
  return units === 1 ? "binaryCrossEntropy" : "crossEntropy";
}

/** Nothing but 0 and 1: behind a sigmoid they are answers, not amounts. */
function isYesOrNo(values: LossTargets["values"]): boolean {
  return values.every((value: number) => value === 0 || value === 1);
}

/**
 * @returns one for each output, by name; undefined for a model with one output
 * @throws TypeError or RangeError unless they are numbers ≥ 0 of the model's outputs, one at least above 0.
 */
export function lossWeightsOf(
  option: Several<number> | undefined,
  model: tf.LayersModel,
): Readonly<Record<string, number>> | undefined {
  const names = outputNames(model);
  if (names.length === 1) {
    if (option === undefined) return undefined;
    throw new TypeError(
      `fit needs a model with several outputs for lossWeights; "${model.name}" has one, "${names[0]}"`,
    );
  }
  if (option !== undefined && (typeof option !== "object" || option === null))
    throw new TypeError(
      `fit needs lossWeights to be a list or an object by the outputs' names; it was given ${String(option)}`,
    );
  const given = inOrder(option ?? {}, names, { who: "fit", what: "a loss weight", of: "outputs" });
  const weights = names.map((name, k): [string, number] => {
    const weight = given[k] ?? 1;
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new RangeError(`fit needs loss weights of at least 0; "${name}" was given ${String(weight)}`);
    return [name, weight];
  });
  if (weights.every(([, weight]) => weight === 0))
    throw new RangeError("fit needs a loss weight above 0; all were given 0");
  return Object.fromEntries(weights);
}
