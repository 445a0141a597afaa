/** The curves of a classifier: of its positive class where there are two, else of each class against all others. */
import {
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocCurve,
  thresholdCounts,
} from "./curves.js";

export interface ClassCurve {
  /** Of the class that counts as positive; of all of them together `micro-average`. */
  readonly name: string;
  readonly precisionRecall: PrecisionRecallCurve;
  readonly roc: RocCurve;
}

export interface ClassCurves {
  /** Of two classes the second alone, else one for each. */
  readonly perClass: readonly ClassCurve[];
  /** Of every sample's every class as one binary question; undefined for two classes. */
  readonly micro: ClassCurve | undefined;
  /** Mean over the classes that have samples; of two classes that of the second. NaN where none has. */
  readonly averagePrecision: number;
  /** Mean area under the ROC curves over the classes for which there is one; of two classes that of the second. */
  readonly rocAuc: number;
}

/**
 * @param labels [n], each in [0, classes)
 * @param probabilities [n, classes], row by row
 * @throws RangeError if a probability is NaN; the message names its sample.
 */
export function classCurves(
  labels: Int32Array,
  probabilities: Float32Array,
  { classNames }: { readonly classNames: readonly string[] },
): ClassCurves {
  const classes = classNames.length;
  const wrong = probabilities.findIndex(Number.isNaN);
  if (wrong >= 0)
    throw new RangeError(
      `Curves of a classifier need probabilities; sample ${Math.floor(wrong / classes)} has NaN for class "${classNames[wrong % classes]}"`,
    );
  const positive = classes === 2 ? [1] : classNames.map((_, k) => k);
  const perClass = positive.map((k) => {
    const isOfIt = Uint8Array.from(labels, (label) => (label === k ? 1 : 0));
    const scores = Float32Array.from(labels, (_, i) => probabilities[i * classes + k] as number);
    return curveOf(classNames[k] as string, isOfIt, scores);
  });
  return {
    perClass,
    micro: classes === 2 ? undefined : microAverage(labels, probabilities, classes),
    averagePrecision: meanOf(perClass.map(({ precisionRecall }) => precisionRecall.averagePrecision)),
    rocAuc: meanOf(perClass.map(({ roc }) => roc.area)),
  };
}

function microAverage(labels: Int32Array, probabilities: Float32Array, classes: number): ClassCurve {
  const isRight = new Uint8Array(probabilities.length);
  labels.forEach((label, i) => {
    isRight[i * classes + label] = 1;
  });
  return curveOf("micro-average", isRight, probabilities);
}

function curveOf(name: string, isPositive: Uint8Array, scores: Float32Array): ClassCurve {
  const counts = thresholdCounts(isPositive, scores);
  return { name, precisionRecall: precisionRecallCurve(counts), roc: rocCurve(counts) };
}

function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
