import type { Histogram } from "../../base/histogram.js";
import { bins, exactBin, histogramEdges } from "../../base/histogramEdges.js";

/** So near to an edge, in bins, rounding may have put a value on its wrong side. */
const doubtful = 1e-6;

/**
 * `numpy.histogram(finite, 30, (min, max))`.
 *
 * @param range from min to max, which no finite value lies outside of
 */
export function linearHistogram(
  values: Float32Array,
  { min, max }: { readonly min: number; readonly max: number },
): Histogram {
  const edges = histogramEdges(min, max);
  const counts = new Float64Array(bins);
  count(values, edges, counts);
  return { edges, counts };
}

/** A loop over all values has a function of its own: V8 would leave the compiled loop for code behind it that has not run. */
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
