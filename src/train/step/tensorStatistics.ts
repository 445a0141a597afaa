/** Statistics of one tensor's values, in float64. */
import type { TensorStatistics } from "../seams.js";
import { linearHistogram } from "./linearHistogram.js";
import { log10Histogram } from "./log10Histogram.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |v| over the finite values that are not zero. */
  readonly log10: boolean;
}

/**
 * Infinite and NaN values are counted and otherwise left out. Histograms are NumPy's: `numpy.histogram(finite, 30)`.
 *
 * @param values at least one
 */
export function tensorStatistics(values: Float32Array, measured: Measured): TensorStatistics {
  const count = values.length;
  const { sum, squares, min, max, zeros, finite } = moments(values);
  const largest = finite === 0 ? 0 : Math.max(Math.abs(min), Math.abs(max));
  const logarithms = measured.log10 ? log10Histogram(values) : undefined;
  return {
    count,
    meanAbs: finite === 0 ? 0 : sum / finite,
    l2: Math.sqrt(squares),
    max: largest,
    zeroFraction: zeros / count,
    nonFinite: count - finite,
    ...(measured.histogram && finite > 0 && { histogram: linearHistogram(values, { min, max }) }),
    ...(logarithms && { log10Histogram: logarithms }),
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

interface Moments {
  /** Of |v|. */
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly finite: number;
}

/** Squares of float32 values neither overflow nor vanish in float64: their sum is finite if all values are. */
function moments(values: Float32Array): Moments {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    sum += Math.abs(value);
    squares += value * value;
  }
  if (!Number.isFinite(squares)) return moments(values.filter(Number.isFinite));
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === 0) zeros++;
  }
  return { sum, squares, min, max, zeros, finite: values.length };
}
