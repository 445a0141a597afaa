/** Counts of positive answers at evenly spread thresholds, as TensorBoard's PR curves have them. */
import type { ThresholdCurve } from "../base/evaluationContent.js";

/** TensorBoard's own default: from 0 to 1 in steps of 0.005. */
const thresholds = 201;
/** TensorBoard draws a chart for each. */
const mostClasses = 100;

/** Of two classes of the second, else of each. Probabilities are finite, [n, classes]. */
export function thresholdCurves(
  labels: Int32Array,
  probabilities: Float32Array,
  { classNames }: { readonly classNames: readonly string[] },
): ThresholdCurve[] {
  const classes = classNames.length;
  const positive = classes === 2 ? [1] : classNames.map((_, k) => k).slice(0, mostClasses);
  return positive.map((k) => {
    const truePositives = new Float64Array(thresholds);
    const falsePositives = new Float64Array(thresholds);
    labels.forEach((label, i) => {
      const into = label === k ? truePositives : falsePositives;
      into[lastThreshold(probabilities[i * classes + k] as number)]! += 1;
    });
    for (let i = thresholds - 2; i >= 0; i--) {
      truePositives[i]! += truePositives[i + 1]!;
      falsePositives[i]! += falsePositives[i + 1]!;
    }
    return {
      name: classNames[k] as string,
      truePositives,
      falsePositives,
      positives: truePositives[0]!,
      negatives: falsePositives[0]!,
    };
  });
}

/** The place of the highest threshold that a probability reaches. */
function lastThreshold(probability: number): number {
  const place = Math.floor(Math.min(1, Math.max(0, probability)) * (thresholds - 1));
  return Math.min(place, thresholds - 1);
}
