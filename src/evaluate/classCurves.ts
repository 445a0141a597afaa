/** The curves of a classifier: of its positive class where there are two, else of each class against all others. */
import { mean } from "../base/mean.js";
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

/** What curves are made of. */
export interface Judged {
  /** [n], each in [0, classes) */
  readonly labels: Int32Array;
  /** [n, classes], row by row */
  readonly probabilities: Float32Array;
  readonly classNames: readonly string[];
}

/** @throws RangeError if a probability is NaN; the message names its sample. */
export function classCurves(judged: Judged): ClassCurves {
  const { probabilities, classNames } = judged;
  const classes = classNames.length;
  const wrong = probabilities.findIndex(Number.isNaN);
  if (wrong >= 0)
    throw new RangeError(
      `Curves of a classifier need probabilities; sample ${Math.floor(wrong / classes)} has NaN for class "${classNames[wrong % classes]}"`,
    );
  const perClass = [...eachClassCurve(judged)];
  return { perClass, micro: microAverage(judged), ...meanAreas(perClass.map(areasOf)) };
}

/** Of two classes the second, else each, one at a time: whoever needs a part of each need not hold them all. */
export function* eachClassCurve({ labels, probabilities, classNames }: Judged): Generator<ClassCurve> {
  const classes = classNames.length;
  for (let k = classes === 2 ? 1 : 0; k < classes; k++) {
    const isOfIt = Uint8Array.from(labels, (label) => (label === k ? 1 : 0));
    const scores = new Float32Array(labels.length);
    for (let i = 0; i < scores.length; i++) scores[i] = probabilities[i * classes + k] as number;
    yield curveOf(classNames[k] as string, isOfIt, scores);
  }
}

export interface Areas {
  readonly averagePrecision: number;
  readonly rocAuc: number;
}

export function areasOf({ precisionRecall, roc }: ClassCurve): Areas {
  return { averagePrecision: precisionRecall.averagePrecision, rocAuc: roc.area };
}

export function meanAreas(areas: readonly Areas[]): Areas {
  return {
    averagePrecision: meanOf(areas.map(({ averagePrecision }) => averagePrecision)),
    rocAuc: meanOf(areas.map(({ rocAuc }) => rocAuc)),
  };
}

/** Undefined for two classes. */
export function microAverage({ labels, probabilities, classNames }: Judged): ClassCurve | undefined {
  const classes = classNames.length;
  if (classes === 2) return undefined;
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
  return mean(values.filter((value) => !Number.isNaN(value)));
}
