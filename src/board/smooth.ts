/** TensorBoard's smoothing of a series: an exponential moving average without the bias of its start. */
import type { ThinnedSeries } from "./thin.js";

/**
 * `s = s·w + (1−w)·y`, shown as `s / (1−wⁿ)` with n the number of finite points so far.
 * Points that are not finite pass through and leave the average alone; a constant series stays as it is.
 *
 * Source: TensorBoard's line chart (`resmoothDataset`); equal to pandas' `ewm(alpha=1−w, adjust=True).mean()`.
 *
 * @param values in the order of the axis.
 * @param weight 0 (no smoothing) to below 1.
 * @throws RangeError if the weight is not in [0, 1).
 * @example smooth([1, 2, 3], 0.6) // [1, 1.625, 2.326…]
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  if (!(weight >= 0 && weight < 1))
    throw new RangeError(`smoothing needs a weight from 0 to below 1; it was given ${weight}`);
  const smoothed = Float64Array.from(values);
  if (weight === 0 || isConstant(smoothed)) return smoothed;
  let average = 0;
  let remaining = 1;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < smoothed.length; i++) {
    const value = smoothed[i] as number;
    if (!Number.isFinite(value)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    average = average * weight + (1 - weight) * value;
    remaining *= weight;
    smoothed[i] = between(average / (1 - remaining), low, high);
  }
  return smoothed;
}

/** An average lies among its values: what rounding adds beyond them would be drawn as spikes of an even series. */
function between(average: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, average));
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/** What is drawn unless a weight is given. */
export const usualSmoothing = 0.6;

/** A series of fewer points is no noise to see through: each of them counts, such as those of epochs. */
const fewPoints = 50;

/** The weight for a series: the one given, else the usual one where there are points enough. */
export function smoothingOf(given: number | undefined, series: ThinnedSeries): number {
  if (given !== undefined) return given;
  return series.counts === undefined && series.values.length < fewPoints ? 0 : usualSmoothing;
}

/** What an inline board lets choose from: each is computed beforehand. */
const levels: readonly number[] = [0, 0.3, 0.6, 0.8, 0.9, 0.97, 0.99];

export interface SmoothingLevels {
  /** Rising. */
  readonly weights: readonly number[];
  /** Of the choice: the weights, and before them `usual` where none was given. */
  readonly places: readonly (number | "usual")[];
  /** The place to begin at. */
  readonly initial: number;
}

/**
 * The usual levels, and the weight that was given among them. Without one a choice of its own stands first, at which
 * each series is drawn as without a choice: few points as they are, many at the usual weight.
 */
export function smoothingLevels(given: number | undefined): SmoothingLevels {
  if (given === undefined) return { weights: levels, places: ["usual", ...levels], initial: 0 };
  const weights = [...new Set([...levels, given])].sort((a, b) => a - b);
  return { weights, places: weights, initial: weights.indexOf(given) };
}

/** A series at each of the weights. */
export function smoothedLevels(series: ThinnedSeries, given: number | undefined): Float64Array[] {
  return smoothingLevels(given).weights.map((weight) => smoothSeries(series, weight));
}

/** Which of the weights is a series' usual one. */
export function usualLevel(series: ThinnedSeries): number {
  return levels.indexOf(smoothingOf(undefined, series));
}

/**
 * `smooth` for a thinned series: each point weighs as many as it stands for, at their mean. Exact where values between
 * two kept points are equal, else close.
 */
export function smoothSeries(series: ThinnedSeries, weight: number): Float64Array {
  const { values, counts, means } = series;
  if (!counts || !means || weight === 0) return smooth(values, weight);
  const smoothed = values.slice();
  let average = 0;
  let remaining = 1;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < smoothed.length; i++) {
    if ((counts[i] as number) === 0) continue;
    const kept = weight ** (counts[i] as number);
    const mean = means[i] as number;
    [low, high] = [Math.min(low, mean), Math.max(high, mean)];
    average = average * kept + (1 - kept) * mean;
    remaining *= kept;
    if (Number.isFinite(values[i])) smoothed[i] = between(average / (1 - remaining), low, high);
  }
  return smoothed;
}
