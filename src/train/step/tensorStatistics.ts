/** Statistics of one tensor's values, in float64. */
import type { Histogram } from "../../base/histogram.js";
import type { TensorStatistics } from "../seams.js";
import { type CellCounts, countCells } from "./cellCounts.js";
import { cellHistogram, cellLog10Histogram } from "./cellHistogram.js";
import { linearHistogram } from "./linearHistogram.js";
import { log10Histogram } from "./log10Histogram.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |v| over the finite values that are not zero. */
  readonly log10: boolean;
  /** What the values are a fixed sample of; undefined if they are all. */
  readonly whole?: WholeTensor;
}

/** A tensor of which only a sample is looked at. */
export interface WholeTensor {
  /** Its entries. */
  readonly count: number;
  /** Half the sum of their squares, as TensorFlow has it in float32: not finite where an entry is not, or above 1e19. */
  readonly halfSquares: number;
}

/** Below it squares of float32 may have vanished in the sum, above it they may have overflowed. */
const [leastSum, mostSum] = [1e-28, 1e37];

/**
 * Infinite and NaN values are counted and otherwise left out. Histograms have 30 bins: between edges as near to those of
 * `numpy.histogram(finite, 30)` as cells end, which are `numpy.histogram`'s own where the values lie within a few cells.
 *
 * Of a sample the numbers are estimates, but for the norm.
 *
 * @param values at least one
 * @param of their counts, if they were counted last
 */
export function tensorStatistics(
  values: Float32Array,
  measured: Measured,
  of: CellCounts = countCells(values),
): TensorStatistics {
  const numbers = measured.whole ? estimated(of, measured.whole) : exact(of);
  return { ...numbers, ...(of.finite > 0 && histograms(values, measured, of)) };
}

type Numbers = Omit<TensorStatistics, "histogram" | "log10Histogram">;

function exact({ finite, nonFinite, zeros, sum, squares, max }: CellCounts): Numbers {
  const count = finite + nonFinite;
  return {
    count,
    meanAbs: finite === 0 ? 0 : sum / finite,
    l2: Math.sqrt(squares),
    max,
    zeroFraction: zeros / count,
    nonFinite,
  };
}

/** What the norm says of entries that the sample did not meet is held to: that there are others than 0, or not finite ones. */
function estimated(of: CellCounts, { count, halfSquares }: WholeTensor): Numbers {
  const sample = exact(of);
  const times = count / sample.count;
  const isExact = halfSquares > leastSum && halfSquares < mostSum;
  const l2 = isExact ? Math.sqrt(2 * halfSquares) : sample.l2 * Math.sqrt(times);
  const hasOthers = halfSquares > 0 && of.zeros === sample.count;
  return {
    count,
    meanAbs: hasOthers ? l2 / count : sample.meanAbs,
    l2,
    max: Math.max(sample.max, l2 / Math.sqrt(count)),
    zeroFraction: hasOthers ? 1 - 1 / count : sample.zeroFraction,
    nonFinite: Math.max(Math.round(sample.nonFinite * times), Number.isFinite(halfSquares) ? 0 : 1),
  };
}

function histograms(
  values: Float32Array,
  { histogram, log10, whole }: Measured,
  of: CellCounts,
): Pick<TensorStatistics, "histogram" | "log10Histogram"> {
  const marked = (made: Histogram): Histogram => (whole ? { ...made, sampledFrom: whole.count } : made);
  const linear = histogram ? cellHistogram(of) : undefined;
  const logarithms = log10 ? (cellLog10Histogram(of) ?? log10Histogram(values)) : undefined;
  return {
    ...(histogram && { histogram: marked(linear ?? linearHistogram(values, rangeOf(values))) }),
    ...(logarithms && { log10Histogram: marked(logarithms) }),
  };
}

/** Of the finite values. */
function rangeOf(values: Float32Array): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values)
    if (Number.isFinite(value)) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  return { min, max };
}
