/** What a training is worth: the numbers of the weights that it left. */
import { type Direction, directionOf, isBetter } from "../base/metric.js";
import { balancedAccuracy, leastRecall } from "../base/recallMetrics.js";
import type { RunData } from "../track/index.js";
import { epochsOf } from "./epochsOf.js";

/** The number by which two runs are compared: validation before training, accuracy before loss. */
export interface Outcome {
  readonly metric: string;
  /** More is better: losses are negated. */
  readonly score: number;
  readonly value: number;
  /** Where the weights of an epoch before the last were given back: it, from 1, and what the last one had. */
  readonly kept?: { readonly epoch: number; readonly last: number };
  /** Beside an accuracy, of the same split and epoch. */
  readonly loss?: number;
  /** What a loss of targets that a fix scaled was multiplied by, to be in the unit that they had. */
  readonly scaledBy?: number;
  /** Why such a loss cannot be told in that unit; a clause. */
  readonly otherUnit?: string;
  /** Beside a balanced accuracy: the accuracy of all rows, and the recall of the class that is found least. */
  readonly accuracy?: number;
  readonly leastRecall?: number;
}

/** By what a training chose the epoch whose weights it gave back. */
export interface KeptBy {
  readonly monitor: string;
  /** Default: by the metric's name. */
  readonly direction?: Direction;
  /** An epoch that is better by less is none that is kept. Default 0. */
  readonly minDelta?: number;
}

const metrics = ["valAccuracy", "accuracy", "valLoss", "loss"] as const;

export interface OutcomeOptions {
  /** Every class counts as much as another, where their recalls were recorded. Default: every row does. */
  readonly balanced?: boolean;
}

/**
 * What a training left: that of its last epoch, or of the best by `keptBy` where it gave those weights back. Undefined
 * without any; a value that is not a number scores lowest.
 */
export function outcomeOf(
  run: RunData,
  keptBy?: KeptBy,
  { balanced = false }: OutcomeOptions = {},
): Outcome | undefined {
  for (const metric of balanced ? [balancedAccuracy, ...metrics] : metrics) {
    const values = epochsOf(run, metric);
    if (values.length === 0) continue;
    const sign = metric.endsWith("ccuracy") ? 1 : -1;
    const at =
      keptBy === undefined
        ? values.length - 1
        : bestEpoch(epochsOf(run, keptBy.monitor), values.length, keptBy);
    const value = values[at] as number;
    const loss = sign > 0 ? epochsOf(run, metric === "accuracy" ? "loss" : "valLoss")[at] : undefined;
    const isNumber = Number.isFinite(value);
    return {
      metric,
      score: isNumber ? sign * value : Number.NEGATIVE_INFINITY,
      value: isNumber ? value : Number.NaN,
      ...(at < values.length - 1 && { kept: { epoch: at + 1, last: values.at(-1) as number } }),
      ...(loss !== undefined && { loss }),
      ...(metric === balancedAccuracy && besideBalanced(run, at)),
    };
  }
  return undefined;
}

function besideBalanced(run: RunData, epoch: number): Pick<Outcome, "accuracy" | "leastRecall"> {
  const [accuracy, least] = [epochsOf(run, "valAccuracy")[epoch], epochsOf(run, leastRecall)[epoch]];
  return {
    ...(accuracy !== undefined && { accuracy }),
    ...(least !== undefined && { leastRecall: least }),
  };
}

/** The first of the best, found as early stopping finds it; the last of all where there is none. */
function bestEpoch(
  values: readonly number[],
  count: number,
  { monitor, direction: asked, minDelta = 0 }: KeptBy,
): number {
  const direction = directionOf(monitor, asked);
  const least = direction === "max" ? minDelta : -minDelta;
  let best = Number.NaN;
  let at = count - 1;
  for (const [i, value] of values.entries()) {
    if (!isBetter(value, best + least, direction)) continue;
    best = value;
    at = i;
  }
  return at;
}
