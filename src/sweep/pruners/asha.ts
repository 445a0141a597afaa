/**
 * Asynchronous successive halving, the stopping variant: Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning" (MLSys 2020, arXiv 1810.05934) with the rule of Ray Tune's scheduler. Rung k stands at minSteps·ηᵏ; a trial
 * that reaches it goes on if it is at least as good as the (1 − 1/η) quantile of those that reached it before.
 */
import { positiveInteger } from "../options.js";
import type { Direction, Reports } from "../trialRecord.js";
import { type Pruner, quantile, valueReached } from "./pruner.js";

export interface AshaOptions {
  /** One of η trials goes on from a rung. Above 1. Default 3. */
  readonly eta?: number;
  /** The step of the first rung. Default 1. */
  readonly minSteps?: number;
  /** No rung at or above this step: a trial that got there ends by itself. Default: none. */
  readonly maxSteps?: number;
}

export function ashaPruner({ eta = 3, minSteps = 1, maxSteps }: AshaOptions = {}): Pruner {
  if (!(Number.isFinite(eta) && eta > 1)) throw new RangeError(`asha needs eta above 1; it was given ${eta}`);
  positiveInteger("asha's minSteps", minSteps);
  if (maxSteps !== undefined) positiveInteger("asha's maxSteps", maxSteps);
  return {
    name: "asha",
    options: { eta, minSteps, ...(maxSteps === undefined ? {} : { maxSteps }) },
    decisionStep(reports) {
      const last = reports.at(-1)?.[0] ?? -1;
      const before = reports.at(-2)?.[0] ?? -1;
      const rung = rungsUpTo(last, { eta, minSteps, maxSteps }).at(-1);
      return rung !== undefined && before < rung ? rung : undefined;
    },
    shouldPrune({ step, reports, others, direction }) {
      const value = reports.at(-1)?.[1] ?? Number.NaN;
      if (Number.isNaN(value)) return true;
      const cutoff = ashaCutoff(others, { step, eta, direction });
      return direction === "maximize" ? value < cutoff : value > cutoff;
    },
  };
}

/** The value that a trial must reach at a rung: the (1 − 1/η) quantile of those that were there; NaN if none was. */
export function ashaCutoff(
  others: readonly Reports[],
  { step, eta, direction }: { readonly step: number; readonly eta: number; readonly direction: Direction },
): number {
  const sign = direction === "maximize" ? 1 : -1;
  const recorded = others.map((other) => sign * (valueReached(other, step) ?? Number.NaN));
  return sign * quantile(recorded, 1 - 1 / eta);
}

export interface RungLadder {
  readonly eta: number;
  readonly minSteps: number;
  readonly maxSteps?: number | undefined;
}

/** The rungs at or below a step, rising. */
export function rungsUpTo(
  step: number,
  { eta, minSteps, maxSteps = Number.POSITIVE_INFINITY }: RungLadder,
): number[] {
  const rungs: number[] = [];
  for (let next = minSteps; next <= step && next < maxSteps; next *= eta) rungs.push(next);
  return rungs;
}
