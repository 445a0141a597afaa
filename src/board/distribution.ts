/** What the charts of histograms compute: percentiles, and counts over shared bins. */
import type { Histogram } from "../base/histogram.js";

/** TensorBoard's basis points (1/100 of a percent): the extremes, the median, and 0.5, 1 and 1.5 deviations of a normal. */
export const basisPoints = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000] as const;

/**
 * The values below which the given shares of a histogram lie, counts taken as spread evenly inside each bin.
 * Zeros if the histogram is empty, as TensorBoard's compressor.
 * @param points rising basis points, 0 to 10000.
 */
export function percentiles(histogram: Histogram, points: readonly number[] = basisPoints): number[] {
  const { edges, counts } = histogram;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return points.map(() => 0);
  const filled = [...counts.keys()].filter((bin) => (counts[bin] as number) > 0);
  let position = 0;
  let below = 0;
  return points.map((point) => {
    const wanted = (point / 10000) * total;
    while (position < filled.length - 1 && below + (counts[filled[position] as number] as number) <= wanted)
      below += counts[filled[position++] as number] as number;
    const bin = filled[position] as number;
    const share = Math.min(1, (wanted - below) / (counts[bin] as number));
    const left = edges[bin] as number;
    return left + share * ((edges[bin + 1] as number) - left);
  });
}

/** Least and greatest edge of the filled bins; undefined if none is filled. */
export function extent(histogram: Histogram): [number, number] | undefined {
  const first = histogram.counts.findIndex((count) => count > 0);
  if (first < 0) return undefined;
  const last = histogram.counts.findLastIndex((count) => count > 0);
  return [histogram.edges[first] as number, histogram.edges[last + 1] as number];
}

/**
 * Counts over `bins` equal bins of [low, high]; a bin's count is shared out by overlap. What lies outside is left out.
 * @param high above `low`.
 */
export function rebin(
  histogram: Histogram,
  [low, high]: readonly [number, number],
  bins: number,
): Float64Array {
  const shared = new Float64Array(bins);
  const width = (high - low) / bins;
  histogram.counts.forEach((count, i) => {
    if (count === 0) return;
    const left = histogram.edges[i] as number;
    const right = histogram.edges[i + 1] as number;
    const from = Math.max(0, Math.min(bins - 1, Math.floor((left - low) / width)));
    const to = Math.max(0, Math.min(bins - 1, Math.ceil((right - low) / width) - 1));
    if (right <= left) {
      if (left >= low && left <= high) shared[from] = (shared[from] as number) + count;
      return;
    }
    for (let bin = from; bin <= to; bin++) {
      const overlap = Math.min(right, low + (bin + 1) * width) - Math.max(left, low + bin * width);
      if (overlap > 0) shared[bin] = (shared[bin] as number) + (count * overlap) / (right - left);
    }
  });
  return shared;
}
