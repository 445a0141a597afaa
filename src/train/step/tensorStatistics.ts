/** Statistics of one tensor's values, in float64. */
import type { Histogram } from "../../base/histogram.js";
import type { TensorStatistics } from "../seams.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |v| over the finite values that are not zero. */
  readonly log10: boolean;
}

const bins = 30;

/**
 * Infinite and NaN values are counted and otherwise left out. Histograms are NumPy's: `numpy.histogram(finite, 30)`.
 *
 * @param values at least one
 */
export function tensorStatistics(values: Float32Array, measured: Measured): TensorStatistics {
  const count = values.length;
  const { sum, squares, min, max, zeros, finite } = moments(values);
  const largest = finite === 0 ? 0 : Math.max(Math.abs(min), Math.abs(max));
  const nonZero = finite - zeros;
  return {
    count,
    meanAbs: finite === 0 ? 0 : sum / finite,
    l2: Math.sqrt(squares),
    max: largest,
    zeroFraction: zeros / count,
    nonFinite: count - finite,
    ...(measured.histogram && finite > 0 && { histogram: histogram(values, finite === count, min, max) }),
    ...(measured.log10 && nonZero > 0 && { log10Histogram: logHistogram(values, nonZero) }),
  };
}

/** ‖after − before‖₂ / ‖before‖₂; 0 for a weight of zeros. */
export function updateRatio(before: Float32Array, after: Float32Array): number {
  let change = 0;
  let size = 0;
  for (let i = 0; i < before.length; i++) {
    const old = before[i] as number;
    const difference = (after[i] as number) - old;
    change += difference * difference;
    size += old * old;
  }
  return size === 0 ? 0 : Math.sqrt(change / size);
}

/** Squares of float32 values neither overflow nor vanish in float64. */
function moments(values: Float32Array) {
  let sum = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  let finite = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // NaN and ±Infinity are the values whose difference with themselves is not 0.
    if (value - value !== 0) continue;
    finite++;
    if (value === 0) zeros++;
    sum += value < 0 ? -value : value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { sum, squares, min, max, zeros, finite };
}

/** @param allFinite spares the check of every value */
function histogram(
  values: Float32Array | Float64Array,
  allFinite: boolean,
  min: number,
  max: number,
): Histogram {
  const [low, high] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  edges[bins] = high;
  const counts = new Float64Array(bins);
  const perUnit = bins / (high - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!allFinite && value - value !== 0) continue;
    let bin = Math.min(bins - 1, ((value - low) * perUnit) | 0);
    // Rounding may be off by one at an edge.
    if (value < (edges[bin] as number)) bin--;
    else if (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin++;
    (counts[bin] as number)++;
  }
  return { edges, counts };
}

function logHistogram(values: Float32Array, nonZero: number): Histogram {
  const logarithms = new Float64Array(nonZero);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === 0 || value - value !== 0) continue;
    const logarithm = Math.log10(value < 0 ? -value : value);
    logarithms[at++] = logarithm;
    if (logarithm < min) min = logarithm;
    if (logarithm > max) max = logarithm;
  }
  return histogram(logarithms, true, min, max);
}
