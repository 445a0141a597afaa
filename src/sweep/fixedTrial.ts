/** Parameters that are already known, for code that asks a trial for them. */
import {
  type Choice,
  categoricalDistribution,
  contains,
  type Distribution,
  floatDistribution,
  intDistribution,
  type ParameterValue,
} from "./distribution.js";
import type { Suggester } from "./suggester.js";

/**
 * A suggester that answers with `params`, such as a sweep's `bestParams`.
 *
 * @throws RangeError from a `suggest…` whose name has no value in `params`, or one outside the definition.
 * @example
 * fixedTrial({ lr: 0.01 }).suggestFloat("lr", 1e-4, 1e-1, { log: true }); // 0.01
 */
export function fixedTrial(params: Readonly<Record<string, ParameterValue>>): Suggester {
  const values = { ...params };
  const fixedValue = (name: string, distribution: Distribution): ParameterValue => {
    const value = values[name];
    if (value === undefined)
      throw new RangeError(
        `a fixed trial needs a value for "${name}"; it was given ${Object.keys(values).join(", ") || "none"}`,
      );
    if (!contains(distribution, value))
      throw new RangeError(
        `parameter "${name}" needs a value of its definition ${JSON.stringify(distribution)}; it was given ${JSON.stringify(value)}`,
      );
    return value;
  };
  return {
    params: values,
    suggestFloat: (name, low, high, options = {}) =>
      fixedValue(name, floatDistribution(name, [low, high], options)) as number,
    suggestInt: (name, low, high, options = {}) =>
      fixedValue(name, intDistribution(name, [low, high], options)) as number,
    suggestCategorical: <const T extends Choice>(name: string, choices: readonly T[]) =>
      fixedValue(name, categoricalDistribution(name, choices)) as T,
  };
}
