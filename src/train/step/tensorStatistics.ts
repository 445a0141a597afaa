/** Statistics of one tensor's values, in float64. */
import type { Histogram } from "../../base/histogram.js";
import type { TensorStatistics } from "../seams.js";
import { fixedSample } from "./fixedSample.js";
import { linearHistogram } from "./linearHistogram.js";
import { log10Histogram } from "./log10Histogram.js";
import { type Moments, moments } from "./moments.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |v| over the finite values that are not zero. */
  readonly log10: boolean;
  /** How many of the values go into histograms at most, a fixed sample of more; Infinity for all. */
  readonly entries: number;
}

/**
 * Infinite and NaN values are counted and otherwise left out. Histograms are NumPy's: `numpy.histogram(finite, 30)`; of a
 * sample between the smallest and the largest of all values, and of logarithms those of all values where no more than
 * `entries` are not zero.
 *
 * @param values at least one
 */
export function tensorStatistics(values: Float32Array, measured: Measured): TensorStatistics {
  const count = values.length;
  const of = moments(values);
  const { sum, squares, zeros, finite, min, max } = of;
  return {
    count,
    meanAbs: finite === 0 ? 0 : sum / finite,
    l2: Math.sqrt(squares),
    max: finite === 0 ? 0 : Math.max(Math.abs(min), Math.abs(max)),
    zeroFraction: zeros / count,
    nonFinite: count - finite,
    ...((measured.histogram || measured.log10) && finite > 0 && histograms(values, measured, of)),
  };
}

function histograms(
  values: Float32Array,
  { histogram, log10, entries }: Measured,
  { min, max, zeros, finite }: Moments,
): Pick<TensorStatistics, "histogram" | "log10Histogram"> {
  const sample = fixedSample(values, entries);
  const isSparse = sample !== values && finite - zeros <= entries;
  const marked = (made: Histogram): Histogram =>
    sample === values ? made : { ...made, sampledFrom: values.length };
  const logarithms = log10 ? log10Histogram(isSparse ? withoutZeros(values, zeros) : sample) : undefined;
  return {
    ...(histogram && { histogram: marked(linearHistogram(sample, { min, max })) }),
    ...(logarithms && { log10Histogram: isSparse ? logarithms : marked(logarithms) }),
  };
}

/** What an embedding's gradient has of rows that the batch did not meet would fill its sample. */
function withoutZeros(values: Float32Array, zeros: number): Float32Array {
  const others = new Float32Array(values.length - zeros);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value !== 0) others[count++] = value;
  }
  return others;
}
