/** Prescriptions of another learning rate, in this run's own numbers. */
import { shortNumber } from "../base/table.js";
import { fitChange } from "./codeLine.js";
import type { RunView } from "./runView.js";
import type { Prescription } from "./verdict.js";

/** Rates that are usual: Adam's and its kin's, and that of plain descent. */
const usual = { adaptive: 1e-3, other: 1e-2 } as const;
const adaptive = /adam|rmsprop|lamb|lion|adagrad|adadelta|adafactor/;

/** What the optimiser of this run is usually begun with. */
export function usualRate(run: RunView): number {
  return adaptive.test(String(run.run.record.config.optimizer)) ? usual.adaptive : usual.other;
}

/**
 * What to begin a search with where the rate is wrong by orders of magnitude. Momentum m makes of plain descent's steps 1 / (1 − m)
 * times as long ones, so that its usual 0.01 for 0.9 is 0.1 without.
 */
export function startingRate(run: RunView): number {
  const { optimizer, optimizerOptions } = run.run.record.config;
  if (optimizer !== "sgd") return usualRate(run);
  const { momentum = 0 } = (optimizerOptions ?? {}) as { readonly momentum?: unknown };
  return typeof momentum === "number" && momentum > 0 ? usualRate(run) : 10 * usualRate(run);
}

/** @param why ends in a clause to which the numbers are added */
export function changedRate(
  run: RunView,
  { factor, why, more }: { readonly factor: number; readonly why: string; readonly more?: object },
): Prescription {
  const rate = run.learningRate;
  if (rate === undefined) return { text: why };
  const learningRate = Number((rate * factor).toPrecision(2));
  return {
    text: `${why}: ${shortNumber(rate)} → ${shortNumber(learningRate)}`,
    ...fitChange(run, { learningRate, ...more }),
  };
}

/** Ten times lower. @param why goes on behind a colon */
export function lowerRate(run: RunView, why: string): Prescription {
  const rate = run.learningRate;
  if (rate === undefined) return { text: `Lower the learning rate ten times: ${why}` };
  const learningRate = Number((rate / 10).toPrecision(3));
  return {
    text: `Lower the learning rate from ${shortNumber(rate)} to ${shortNumber(learningRate)}: ${why}`,
    ...fitChange(run, { learningRate }),
  };
}
