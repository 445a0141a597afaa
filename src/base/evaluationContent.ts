/** What of an evaluation is recorded with a run and drawn: plain data, as JSON holds it. */

export type EvaluationContent = ClassificationContent | RegressionContent;

export interface ClassificationContent {
  readonly kind: "classification";
  /** Number of samples. */
  readonly size: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Macro F1. */
  readonly f1: number;
  readonly classNames: readonly string[];
  /** `counts[t][p]`: samples of class t that were said to be p. */
  readonly counts: readonly (readonly number[])[];
  /** Of many classes those with the least average precision. Absent where no probabilities were kept. */
  readonly curves?: readonly CurveContent[];
  /** Means over the classes; of two classes those of the second. */
  readonly averagePrecision?: number;
  readonly rocAuc?: number;
  /** Wrong answers, the highest loss first. */
  readonly mistakes: readonly MistakeContent[];
}

/** Of so many classes that nearly every count is 0: as a file holds them, since the whole matrix of 16,000 takes 2 GB. */
export interface SparseClassification extends Omit<ClassificationContent, "counts"> {
  /** Of each true class: predicted class, count, predicted class, count, … in the order of the classes. */
  readonly sparseCounts: readonly (readonly number[])[];
}

/** Thinned: neighbours are about a hundredth apart. All between 0 and 1; NaN where a class has no samples. */
export interface CurveContent {
  readonly name: string;
  /** Of all classes together. */
  readonly isMicro: boolean;
  readonly averagePrecision: number;
  readonly rocAuc: number;
  readonly precisionRecall: readonly (readonly [recall: number, precision: number])[];
  readonly roc: readonly (readonly [falsePositiveRate: number, truePositiveRate: number])[];
}

export interface MistakeContent {
  /** Its place in the split. */
  readonly sample: number;
  /** Names of classes. */
  readonly label: string;
  readonly predicted: string;
  /** Of the class that was said, 0 to 1. */
  readonly probability: number;
  readonly loss: number;
}

export interface RegressionContent {
  readonly kind: "regression";
  readonly size: number;
  readonly meanSquaredError: number;
  readonly rootMeanSquaredError: number;
  readonly meanAbsoluteError: number;
  readonly r2: number;
  /** Of some samples, evenly spread over the split. */
  readonly points: readonly (readonly [target: number, prediction: number])[];
}

/** What a run is given: `content` for our readers, the others for TensorBoard. */
export interface EvaluationRecord {
  readonly content: EvaluationContent;
  /** In a few lines. */
  readonly text: string;
  /** Numbers to follow over steps, by name. */
  readonly scalars: Readonly<Record<string, number>>;
  readonly thresholdCurves: readonly ThresholdCurve[];
  /** Charts of Vega-Lite. */
  readonly charts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** At thresholds evenly spread from 0 to 1, as TensorBoard's PR curves have them: a sample counts as positive from one on. */
export interface ThresholdCurve {
  readonly name: string;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}
