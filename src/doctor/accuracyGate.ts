/**
 * Whether a run learns badly. Gradients that look odd in a run that learns well are no fault.
 *
 * Source: AUTOTRAINER (Zhang et al., ICSE 2021) reports problems of gradients only when the accuracy is below
 * 0.7 or gains less than 0.01; DeepDiagnosis, where no accuracy is known, looks at a loss that does not change. A regression's
 * squared error is compared with the variance of its targets, where that is recorded: a fall to that is none, since it is what
 * answering with their mean costs, and one that begins below it has learned in its first epoch. Healthy regressions get to at
 * most 0.39 of it.
 */
import { targetVariance } from "./curves.js";
import type { RunView } from "./runView.js";
import type { Evidence } from "./verdict.js";

export const lowAccuracy = 0.7;
export const smallGain = 0.01;
/** Share of the first loss, or of the targets' variance, by which it must have fallen where no accuracy is known. */
export const smallFall = 0.1;

export interface Gate {
  /** `unknown`: neither accuracy nor loss was logged, or the loss began at 0. */
  readonly learns: "well" | "badly" | "unknown";
  readonly evidence: readonly Evidence[];
}

export function accuracyGate(run: RunView): Gate {
  for (const metric of ["valAccuracy", "accuracy"]) {
    const values = run.epochs(metric).filter(Number.isFinite);
    if (values.length > 0) return byAccuracy(run, { metric, values });
  }
  const losses = run.epochs("loss").filter(Number.isFinite);
  const variance = targetVariance(run);
  if (losses.length > 0 && variance !== undefined && variance > 0) return byVariance(losses, variance);
  return losses.length >= 2 && losses[0] !== 0 ? byLoss(losses) : { learns: "unknown", evidence: [] };
}

function byAccuracy(
  run: RunView,
  { metric, values }: { readonly metric: string; readonly values: readonly number[] },
): Gate {
  const last = values.at(-1)!;
  const tag = `epoch/${metric}`;
  if (last < lowAccuracy) {
    return {
      learns: "badly",
      evidence: [{ what: metric, value: last, threshold: lowAccuracy, crossed: "below", tag }],
    };
  }
  const gain = Math.max(...values) - values[0]!;
  // One that begins high may have all there is: its loss falls, where one that guesses the largest class stays.
  if (values.length >= 3 && gain < smallGain && !hasFallen(run)) {
    const what = `gain of ${metric} since the first epoch`;
    return {
      learns: "badly",
      evidence: [{ what, value: gain, threshold: smallGain, crossed: "below", tag }],
    };
  }
  return { learns: "well", evidence: [] };
}

function hasFallen(run: RunView): boolean {
  const losses = run.epochs("loss").filter(Number.isFinite);
  return losses.length >= 2 && byLoss(losses).learns === "well";
}

function byVariance(losses: readonly number[], variance: number): Gate {
  const left = Math.min(...losses) / variance;
  if (left <= 1 - smallFall) return { learns: "well", evidence: [] };
  const evidence: Evidence = {
    what: "lowest loss of an epoch, compared with the variance of the targets",
    value: 100 * left,
    threshold: 100 * (1 - smallFall),
    crossed: "above",
    unit: " %",
    tag: "epoch/loss",
  };
  return { learns: "badly", evidence: [evidence] };
}

function byLoss(losses: readonly number[]): Gate {
  const first = losses[0]!;
  const fall = (first - Math.min(...losses)) / Math.abs(first);
  if (fall >= smallFall) return { learns: "well", evidence: [] };
  const evidence: Evidence = {
    what: "lowest loss of an epoch, compared with the first epoch's",
    value: 100 * (1 - fall),
    threshold: 100 * (1 - smallFall),
    crossed: "above",
    unit: " %",
    tag: "epoch/loss",
  };
  return { learns: "badly", evidence: [evidence] };
}
