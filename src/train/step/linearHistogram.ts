import type { Histogram } from "../../base/histogram.js";
import { bins, exactBin, histogramEdges } from "./histogramEdges.js";

/** So near to an edge, in bins, rounding may have put a value on its wrong side. */
const doubtful = 1e-6;

/** `numpy.histogram(finite, 30)`: the values between the smallest and the largest finite one; undefined without any. */
export function linearHistogram(values: Float32Array): Histogram | undefined {
  const range = finiteRange(values);
  if (!range) return undefined;
  const edges = histogramEdges(range.min, range.max);
  const counts = new Float64Array(bins);
  count(values, edges, counts);
  return { edges, counts };
}

// Loops over all values have functions of their own, as `log10Histogram.ts` says.

function count(values: Float32Array, edges: Float64Array, counts: Float64Array): void {
  const low = edges[0] as number;
  const perUnit = bins / ((edges[bins] as number) - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const place = (value - low) * perUnit;
    const bin = place | 0;
    const part = place - bin;
    if (part > doubtful && part < 1 - doubtful) (counts[bin] as number)++;
    else if (value - value === 0) (counts[exactBin(edges, value, bin)] as number)++;
  }
}

function finiteRange(values: Float32Array): { min: number; max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // Of a value that is not finite it is NaN.
    if (value - value !== 0) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : undefined;
}
