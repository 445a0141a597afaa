/** Statistics of one tensor's values, in float64. */
import type { Histogram } from "../../base/histogram.js";
import type { TensorStatistics } from "../seams.js";
import { fixedSample } from "./fixedSample.js";
import { linearHistogram } from "./linearHistogram.js";
import { log10Histogram } from "./log10Histogram.js";
import { moments } from "./moments.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |v| over the finite values that are not zero. */
  readonly log10: boolean;
  /** How many of the values go into histograms at most, a fixed sample of more; Infinity for all. */
  readonly entries: number;
}

/**
 * Infinite and NaN values are counted and otherwise left out. Histograms are NumPy's: `numpy.histogram(finite, 30)`, of
 * the sample where there is one.
 *
 * @param values at least one
 */
export function tensorStatistics(values: Float32Array, measured: Measured): TensorStatistics {
  const count = values.length;
  const { sum, squares, largest, zeros, finite } = moments(values);
  return {
    count,
    meanAbs: finite === 0 ? 0 : sum / finite,
    l2: Math.sqrt(squares),
    max: largest,
    zeroFraction: zeros / count,
    nonFinite: count - finite,
    ...(measured.histogram || measured.log10 ? histograms(values, measured) : {}),
  };
}

function histograms(
  values: Float32Array,
  { histogram, log10, entries }: Measured,
): Pick<TensorStatistics, "histogram" | "log10Histogram"> {
  const sample = fixedSample(values, entries);
  const linear = histogram ? linearHistogram(sample) : undefined;
  const logarithms = log10 ? log10Histogram(sample) : undefined;
  const of = <T extends Histogram>(made: T): Histogram =>
    sample === values ? made : { ...made, sampledFrom: values.length };
  return {
    ...(linear && { histogram: of(linear) }),
    ...(logarithms && { log10Histogram: of(logarithms) }),
  };
}
