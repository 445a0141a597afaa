/** Ends of a range of rates: as factors of the optimiser's rate, or absolute. */
import { inRange } from "../bounds.js";
import { factorOf, type Moment } from "./schedule.js";

/** Two rates, low and high, as factors of the base rate at a moment. */
export interface Rates {
  readonly text: string;
  at(moment: Moment): { low: number; high: number };
}

/**
 * @param given rates in 1/step, as the optimiser's `learningRate` is
 * @throws RangeError for rates below 0, TypeError (later) where the base rate is not known.
 */
export function absoluteRates(what: string, given: { baseLr: number; maxLr: number }): Rates {
  const low = inRange(`${what}'s baseLr`, given.baseLr, { least: 0 });
  const high = inRange(`${what}'s maxLr`, given.maxLr, { least: 0 });
  return {
    text: `from ${low} to ${high}`,
    at: ({ learningRate }) => {
      if (learningRate === undefined || learningRate <= 0)
        throw new TypeError(
          `${what} with rates of its own needs an optimizer whose learningRate is above 0; it was given ${learningRate}`,
        );
      return { low: low / learningRate, high: high / learningRate };
    },
  };
}

/** @throws RangeError for factors below 0. */
export function relativeRates(what: string, given: { minFactor: number; maxFactor: number }): Rates {
  const low = factorOf(`${what}'s minFactor`, given.minFactor, 0);
  const high = factorOf(`${what}'s maxFactor`, given.maxFactor, 1);
  return { text: `from ×${low} to ×${high}`, at: () => ({ low, high }) };
}
