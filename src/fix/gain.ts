/** Whether one training is better than another, by what was measured of both. */
import { balancedAccuracy } from "../base/recallMetrics.js";
import type { Changes } from "./changes.js";
import type { Outcome } from "./outcome.js";

/**
 * By more than chance may bring: of an accuracy, of one to which a single row of a rare class adds much, and of a loss as a
 * share of what it was.
 */
const leastGain = { accuracy: 0.01, balanced: 0.05, loss: 0.05 } as const;
/** Standard errors of an accuracy of validation up to which a gain may be chance. */
const errors = 3;
/** An accuracy that falls by more is a loss. */
const slack = 0.03;

export interface Measured {
  readonly changes: Changes;
  readonly outcome: Outcome | undefined;
  /** By its name, as it was resolved: a changed model may have another without a changed option. */
  readonly loss?: string | undefined;
  /** Of which a validation accuracy is; undefined where that is not known. */
  readonly validationRows?: number | undefined;
}

/** `unknown`: the two measure different things. */
export type Gain = "better" | "same" | "worse" | "unknown";

/** Whether two values may stand beside each other: of the same rows, and losses computed alike. */
export function isComparable(one: Measured, other: Measured): boolean {
  const metric = one.outcome?.metric;
  if (metric !== other.outcome?.metric || measures(one) !== measures(other)) return false;
  return metric?.endsWith("ccuracy") || lossKind(one) === lossKind(other);
}

/** A higher accuracy; where it is as high, a lower loss. */
export function gainOf(one: Measured, other: Measured): Gain {
  if (measures(one) !== measures(other) || one.outcome?.metric !== other.outcome?.metric) return "unknown";
  const [now, before] = [one.outcome, other.outcome];
  if (!now || !before) return "unknown";
  if (!Number.isFinite(now.score)) return Number.isFinite(before.score) ? "worse" : "same";
  if (!Number.isFinite(before.score)) return "better";
  const losses = lossKind(one) === lossKind(other);
  if (now.loss === undefined && !now.metric.endsWith("ccuracy"))
    return losses ? byLoss(now.value, before.value) : "unknown";
  const change = now.score - before.score;
  const least = leastOf(now, before, one.validationRows ?? other.validationRows);
  if (change >= least) return "better";
  if (change < -slack) return "worse";
  const isLower = losses && byLoss(now.loss ?? Number.NaN, before.loss ?? Number.NaN) === "better";
  return isLower && change > -least ? "better" : "same";
}

/** Of n rows an accuracy p has a standard error of √(p (1 − p) / n). */
function leastOf({ metric, value }: Outcome, before: Outcome, rows: number | undefined): number {
  if (metric === balancedAccuracy) return leastGain.balanced;
  if (metric !== "valAccuracy" || !rows) return leastGain.accuracy;
  const p = (value + before.value) / 2;
  return Math.max(leastGain.accuracy, errors * Math.sqrt((p * (1 - p)) / rows));
}

function byLoss(now: number, before: number): Gain {
  const least = leastGain.loss * Math.abs(before);
  return before - now >= least ? "better" : now - before > least ? "worse" : "same";
}

/** Of which rows, and what of them, an accuracy is: without a leak it is another. */
function measures({ changes }: Measured): string {
  return JSON.stringify(changes.data.filter((step) => step === "removeLeak" || isBlank(step)));
}

function isBlank(step: Changes["data"][number]): boolean {
  return typeof step === "object" && "blankInputs" in step;
}

/** Losses that are computed otherwise, or include another penalty, tell nothing of each other. */
function lossKind({ outcome, loss, changes: { fit, model, data } }: Measured): string {
  const scale = data.includes("normalizeTarget") && outcome?.scaledBy === undefined;
  // Validation weighs no classes.
  const weights = outcome?.metric.startsWith("val") ? undefined : fit.classWeights;
  return JSON.stringify([loss ?? fit.loss, fit.labelSmoothing, model.l2, scale, weights]);
}
