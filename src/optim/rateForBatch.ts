import { refuseUnknown } from "../base/knownOptions.js";
import { inRange, wholeNumber } from "./bounds.js";

export interface RateForBatchOptions {
  /** The batch size for which the rate was found, at least 1. */
  readonly from: number;
  /** The batch size to train with, at least 1. */
  readonly to: number;
  /**
   * `squareRoot` (default; for Adam and its relatives: Malladi et al. 2022) multiplies the rate by √k for a batch k times
   * as large, `linear` (for SGD: Goyal et al. 2017) by k.
   */
  readonly rule?: "squareRoot" | "linear";
}

/**
 * The learning rate for another batch size.
 *
 * @throws TypeError or RangeError for a rate below 0, a batch size below 1, or another rule.
 * @example adam({ learningRate: rateForBatch(1e-3, { from: 64, to: 256 }) }) // 0.002
 */
export function rateForBatch(learningRate: number, options: RateForBatchOptions): number {
  const rate = inRange("rateForBatch's learningRate", learningRate, { least: 0 });
  refuseUnknown("rateForBatch", options, { from: true, to: true, rule: true });
  const { rule = "squareRoot" } = options;
  const times =
    wholeNumber("rateForBatch's to", options.to) / wholeNumber("rateForBatch's from", options.from);
  if (rule === "squareRoot") return rate * Math.sqrt(times);
  if (rule === "linear") return rate * times;
  throw new RangeError(
    `rateForBatch needs the rule to be squareRoot or linear, but was given ${JSON.stringify(rule)}`,
  );
}
