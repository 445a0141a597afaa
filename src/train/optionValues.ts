/** Values of `fit`'s options that stand for themselves, checked. */
import { shown } from "../base/shown.js";
import type { FitOptions } from "./fitOptions.js";

/** @throws RangeError unless it is a whole number of at least 1. */
export function wholeNumber(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(
      `fit needs ${name} to be a whole number of at least 1; it was given ${shown(value)}`,
    );
  return value;
}

/** @throws RangeError unless it is one of those. */
export function oneOf<T extends string>(name: string, given: T, known: readonly T[]): T {
  if (known.includes(given)) return given;
  throw new RangeError(
    `fit needs ${name} to be ${known.map((one) => `"${one}"`).join(" or ")}; it was given ${shown(given)}`,
  );
}

/** @throws RangeError unless it is "auto" or a whole number from 1 to 1,000. */
export function stepsOf(given: number | "auto" = "auto"): number | "auto" {
  if (given === "auto" || (Number.isSafeInteger(given) && given >= 1 && given <= 1000)) return given;
  throw new RangeError(
    `fit needs stepsPerExecution to be "auto" or a whole number from 1 to 1000; it was given ${shown(given)}`,
  );
}

/** @throws RangeError unless it is an integer; a trial's where none is given. */
export function seedOf({ seed, trial }: FitOptions): number {
  const given = seed ?? (trial as { readonly seed?: number } | undefined)?.seed ?? 0;
  if (!Number.isSafeInteger(given))
    throw new RangeError(`fit needs an integer as seed; it was given ${shown(given)}`);
  return given;
}

/** Limits of a training; Infinity where there is none. */
export function limitsOf({ maxSteps, maxSeconds = Number.POSITIVE_INFINITY }: FitOptions) {
  if (!(typeof maxSeconds === "number" && maxSeconds > 0))
    throw new RangeError(`fit needs maxSeconds to be above 0; it was given ${shown(maxSeconds)}`);
  const steps = maxSteps === undefined ? Number.POSITIVE_INFINITY : wholeNumber("maxSteps", maxSteps);
  return { maxSteps: steps, maxSeconds };
}
