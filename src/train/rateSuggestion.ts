import type { RateCurve } from "./rateRange.js";

/** Rates to train with; undefined where the loss never fell. */
export interface RateSuggestion {
  /** Where the smoothed loss falls fastest in the logarithm of the rate. */
  readonly steepest: number | undefined;
  /** A tenth of the rate at which the smoothed loss is least. */
  readonly minimumOverTen: number | undefined;
}

/** The average is of few losses at first: a tenth of the steps says nothing. */
const unsettled = 0.1;

/** What a range test suggests (Smith 2017, section 3.3; the two rules are fast.ai's). Pure. */
export function rateSuggestion({ rates, smoothed }: Pick<RateCurve, "rates" | "smoothed">): RateSuggestion {
  const first = Math.ceil(rates.length * unsettled);
  const lowest = indexOfLeast(smoothed, first);
  if (lowest === undefined || lowest === first) return { steepest: undefined, minimumOverTen: undefined };
  const slopes = smoothed.map((_, i) => slopeAt(smoothed, i));
  const steepest = indexOfLeast(slopes.slice(0, lowest + 1), first) ?? lowest;
  const falls = (slopes[steepest] as number) < 0;
  return {
    steepest: falls ? rates[steepest] : undefined,
    minimumOverTen: falls ? (rates[lowest] as number) / 10 : undefined,
  };
}

/** By central differences: steps are evenly spaced in the logarithm of the rate. */
function slopeAt(values: readonly number[], i: number): number {
  const before = values[Math.max(0, i - 1)] as number;
  const after = values[Math.min(values.length - 1, i + 1)] as number;
  return (after - before) / (Math.min(values.length - 1, i + 1) - Math.max(0, i - 1));
}

function indexOfLeast(values: readonly number[], from: number): number | undefined {
  let best: number | undefined;
  for (let i = from; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value) && (best === undefined || value < (values[best] as number))) best = i;
  }
  return best;
}
