/** What a training is worth: the numbers of the weights that it left. */
import type { RunData } from "../track/index.js";

/** The number by which two runs are compared: validation before training, accuracy before loss. */
export interface Outcome {
  readonly metric: string;
  /** More is better: losses are negated. */
  readonly score: number;
  readonly value: number;
  /** Beside an accuracy, of the same split and epoch. */
  readonly loss?: number;
}

const metrics = ["valAccuracy", "accuracy", "valLoss", "loss"] as const;

/**
 * What a training left: that of its last epoch, or of the best by `keptBy` where it gave those weights back. Undefined
 * without any; a value that is not a number scores lowest.
 */
export function outcomeOf(run: RunData, keptBy?: string): Outcome | undefined {
  for (const metric of metrics) {
    const values = epochsOf(run, metric);
    if (values.length === 0) continue;
    const sign = metric.endsWith("ccuracy") ? 1 : -1;
    const at =
      keptBy === undefined ? values.length - 1 : bestEpoch(epochsOf(run, keptBy), values.length, keptBy);
    const value = values[at] as number;
    const loss = sign > 0 ? epochsOf(run, metric === "accuracy" ? "loss" : "valLoss")[at] : undefined;
    const isNumber = Number.isFinite(value);
    return {
      metric,
      score: isNumber ? sign * value : Number.NEGATIVE_INFINITY,
      value: isNumber ? value : Number.NaN,
      ...(loss !== undefined && { loss }),
    };
  }
  return undefined;
}

function epochsOf({ scalars }: RunData, metric: string): number[] {
  return Array.from(scalars.get(`epoch/${metric}`)?.values ?? []);
}

/** The first of the best; the last of all where there is none. */
function bestEpoch(values: readonly number[], count: number, metric: string): number {
  const sign = metric.endsWith("oss") ? -1 : 1;
  const best = values.reduce(
    (found, value, i) =>
      sign * value > sign * (values[found] ?? sign * Number.NEGATIVE_INFINITY) ? i : found,
    -1,
  );
  return best < 0 ? count - 1 : best;
}
