import type { Histogram } from "../../base/histogram.js";
import { bins, exactBin, histogramEdges } from "./histogramEdges.js";

/** So near to an edge, in bins, rounding may have put a value on its wrong side. */
const doubtful = 1e-6;

/**
 * `numpy.histogram(finite, 30)`: the values between the smallest and the largest finite one.
 *
 * @param range of the finite values, of which there is at least one
 */
export function linearHistogram(
  values: Float32Array,
  range: { readonly min: number; readonly max: number },
): Histogram {
  const edges = histogramEdges(range.min, range.max);
  const low = edges[0] as number;
  const perUnit = bins / ((edges[bins] as number) - low);
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const place = (value - low) * perUnit;
    const bin = place | 0;
    const part = place - bin;
    if (part > doubtful && part < 1 - doubtful) (counts[bin] as number)++;
    else if (value - value === 0) (counts[exactBin(edges, value, bin)] as number)++;
  }
  return { edges, counts };
}
