/** Where an objective's parameters come from: a trial of a sweep, or values that are already known. */
import type { Choice, NumericOptions, ParameterValue } from "./distribution.js";

/**
 * Guarantee: a name keeps its value for as long as the suggester lives.
 *
 * @example A model that a sweep varies and that is built again from the best values:
 * const build = (suggest: Suggester) =>
 *   models.mlp({ inputShape, classes: 10, hidden: [suggest.suggestInt("units", 32, 256)] });
 * // in the objective: build(trial); afterwards: build(fixedTrial(result.bestParams))
 */
export interface Suggester {
  /** The values suggested so far, or all that are fixed. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** A real number in [low, high]; with `log` uniform in the logarithm, with `step` on the points low + i·step. */
  suggestFloat(name: string, low: number, high: number, options?: NumericOptions): number;
  /** A whole number in [low, high]. */
  suggestInt(name: string, low: number, high: number, options?: NumericOptions): number;
  /** One of the choices: text, numbers, true, false or null. */
  suggestCategorical<const T extends Choice>(name: string, choices: readonly T[]): T;
}
