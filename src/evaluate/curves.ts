/**
 * Precision over recall and true over false positives of a binary classifier, at every threshold.
 *
 * Source: T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006), algorithms 1 and 2;
 * J. Davis, M. Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006. Ends and order are those
 * of scikit-learn's `precision_recall_curve` and `roc_curve` without `drop_intermediate`.
 */

/** Invariants: `precision` and `recall` have one entry more than `thresholds`: they end with 1 and 0, at no threshold. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Rising. A sample counts as positive from its threshold on. */
  readonly thresholds: Float64Array;
  /** Σ (recallₙ − recallₙ₋₁) precisionₙ, 0 to 1; NaN without positive samples. */
  readonly averagePrecision: number;
}

/** Invariants: three arrays of one length, from (0, 0), whose threshold is infinite, to (1, 1). */
export interface RocCurve {
  /** NaN without negative samples. */
  readonly falsePositiveRate: Float64Array;
  /** NaN without positive samples. */
  readonly truePositiveRate: Float64Array;
  /** Falling. */
  readonly thresholds: Float64Array;
  /** Area under the curve by the trapezoidal rule, 0 to 1; NaN unless there are positive and negative samples. */
  readonly area: number;
}

/** How many samples of each kind have a score of at least each threshold, which fall. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * @param isPositive 1 for positive samples, else 0
 * @param scores higher for what is rather positive; equal ones are one threshold
 * @throws RangeError if the lengths differ, there is no sample, or a score is NaN, whose sample is named.
 */
export function thresholdCounts(
  isPositive: ArrayLike<number>,
  scores: Float32Array | Float64Array,
): ThresholdCounts {
  if (scores.length === 0 || isPositive.length !== scores.length)
    throw new RangeError(
      `A curve needs a label for each of one or more scores; it was given ${isPositive.length} labels and ${scores.length} scores`,
    );
  const wrong = scores.findIndex(Number.isNaN);
  if (wrong >= 0)
    throw new RangeError(`A curve needs scores that are numbers; that of sample ${wrong} is NaN`);
  // Sorted apart and merged: numbers alone are sorted far faster than by a comparison of our own.
  const right = scores.filter((_, i) => isPositive[i] === 1).sort();
  const wrongly = scores.filter((_, i) => isPositive[i] !== 1).sort();
  const thresholds = new Float64Array(scores.length);
  const truePositives = new Float64Array(scores.length);
  const falsePositives = new Float64Array(scores.length);
  let count = 0;
  for (let [r, w] = [right.length - 1, wrongly.length - 1]; r >= 0 || w >= 0; count++) {
    const threshold = Math.max(right[r] ?? Number.NEGATIVE_INFINITY, wrongly[w] ?? Number.NEGATIVE_INFINITY);
    while (right[r] === threshold) r--;
    while (wrongly[w] === threshold) w--;
    thresholds[count] = threshold;
    truePositives[count] = right.length - 1 - r;
    falsePositives[count] = wrongly.length - 1 - w;
  }
  return {
    thresholds: thresholds.slice(0, count),
    truePositives: truePositives.slice(0, count),
    falsePositives: falsePositives.slice(0, count),
    positives: right.length,
    negatives: wrongly.length,
  };
}

export function precisionRecallCurve(counts: ThresholdCounts): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives, positives } = counts;
  const precision = truePositives.map((right, i) => right / (right + (falsePositives[i] as number)));
  const recall = truePositives.map((right) => right / positives);
  let [area, before] = [0, 0];
  recall.forEach((share, i) => {
    area += (share - before) * (precision[i] as number);
    before = share;
  });
  return {
    precision: from(1, precision, (value) => value).toReversed(),
    recall: from(0, recall, (value) => value).toReversed(),
    thresholds: thresholds.toReversed(),
    averagePrecision: positives === 0 ? Number.NaN : area,
  };
}

export function rocCurve(counts: ThresholdCounts): RocCurve {
  const { thresholds, truePositives, falsePositives, positives, negatives } = counts;
  const rates = (values: Float64Array, all: number) => from(0 / all, values, (value) => value / all);
  const truePositiveRate = rates(truePositives, positives);
  const falsePositiveRate = rates(falsePositives, negatives);
  let area = 0;
  for (let i = 1; i < truePositiveRate.length; i++) {
    const width = (falsePositiveRate[i] as number) - (falsePositiveRate[i - 1] as number);
    area += (width * ((truePositiveRate[i] as number) + (truePositiveRate[i - 1] as number))) / 2;
  }
  return {
    falsePositiveRate,
    truePositiveRate,
    thresholds: from(Number.POSITIVE_INFINITY, thresholds, (value) => value),
    area,
  };
}

/** Behind a first entry the others. */
function from(first: number, values: Float64Array, made: (value: number) => number): Float64Array {
  const all = new Float64Array(values.length + 1);
  all[0] = first;
  for (let i = 0; i < values.length; i++) all[i + 1] = made(values[i] as number);
  return all;
}
