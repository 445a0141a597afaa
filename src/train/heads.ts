/** What each output of a model learns, and the names of what is measured of it. */

import { validationName } from "../base/metric.js";
import type { tf } from "../native/index.js";
import { type Loss, type LossName, losses } from "./loss.js";
import { outputNames } from "./outputNames.js";

/** One of the library's by its name, or a person's own. */
export type ChosenLoss = LossName | Loss;

/** Of a model with one output its loss; of one with several, that of each by its name. */
export type LossPlan = ChosenLoss | Readonly<Record<string, ChosenLoss>>;

export interface Head {
  /** The output's. */
  readonly name: string;
  readonly loss: Loss;
}

/** In the order of the model's outputs. @throws TypeError for a loss that is unknown or missing. */
export function headsOf(model: tf.LayersModel, loss: LossPlan): Head[] {
  return outputNames(model).map((name) => {
    const given = isOne(loss) ? loss : loss[name];
    if (typeof given === "object") return { name, loss: given };
    const known = given !== undefined && Object.hasOwn(losses, given) ? losses[given] : undefined;
    if (!known)
      throw new TypeError(`a loss must be one of ${Object.keys(losses).join(", ")}, but is ${String(given)}`);
    return { name, loss: known };
  });
}

/** Whether it is that of a model with one output. */
export function isOne(loss: LossPlan): loss is ChosenLoss {
  return typeof loss === "string" || typeof loss.perSample === "function";
}

/** As a run records it and a resumed training must have it, of each loss by `say`. */
export function saidLoss(loss: LossPlan, say: (loss: Loss) => string): unknown {
  const said = (one: ChosenLoss) => (typeof one === "string" ? one : say(one));
  return isOne(loss)
    ? said(loss)
    : Object.fromEntries(Object.entries(loss).map(([name, one]) => [name, said(one)]));
}

/** Where a measured number is found beside others: `accuracy`; of one output of several `kindAccuracy`. */
export function metricName({ name, loss }: Head, heads: readonly Head[]): string {
  return heads.length === 1 ? loss.measures : ofOutput(name, loss.measures);
}

/** `kindLoss`: of one output of several, without its weight. */
export function headLossName({ name }: Head): string {
  return ofOutput(name, "loss");
}

/**
 * The keys of the history that an epoch fills, in the order in which they are shown.
 *
 * @throws RangeError where outputs are called so that two of them would be one.
 */
export function measuredBy(heads: readonly Head[], validated: boolean): string[] {
  const each = heads.length === 1 ? [] : heads.map(headLossName);
  const plain = ["loss", ...each, ...heads.map((head) => metricName(head, heads))];
  const all = validated ? [...plain, ...plain.map(validationName)] : plain;
  const twice = all.find((name, i) => all.indexOf(name) < i);
  if (twice === undefined) return all;
  throw new RangeError(
    `fit needs outputs with names that tell what is measured apart; of ${heads.map(({ name }) => `"${name}"`).join(", ")} two make "${twice}"`,
  );
}

function ofOutput(output: string, measured: string): string {
  return `${output}${measured.charAt(0).toUpperCase()}${measured.slice(1)}`;
}
