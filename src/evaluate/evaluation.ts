import type { MimeBundle } from "../base/host.js";
import type { ConfusionMatrix } from "./confusionMatrix.js";

/** What a classifier does on data it is asked about. All shares are from 0 to 1. */
export interface EvaluationValues {
  /** Mean cross-entropy, regularisation left out. */
  readonly loss: number;
  readonly accuracy: number;
  /** One entry a class; 0 for a class without samples. */
  readonly perClassRecall: readonly number[];
  /** One entry a class; 0 for a class never predicted. */
  readonly perClassPrecision: readonly number[];
  readonly perClassF1: readonly number[];
  /** Mean of `perClassF1` (macro F1). */
  readonly f1: number;
  readonly confusionMatrix: ConfusionMatrix;
  /** The class said for each sample, in the order of the split. */
  readonly predictions: Int32Array;
  /** Number of samples. */
  readonly size: number;
}

/** Shows itself as a table of the classes under one line of totals. */
export class Evaluation implements EvaluationValues {
  readonly loss: number;
  readonly accuracy: number;
  readonly perClassRecall: readonly number[];
  readonly perClassPrecision: readonly number[];
  readonly perClassF1: readonly number[];
  readonly f1: number;
  readonly confusionMatrix: ConfusionMatrix;
  readonly predictions: Int32Array;
  readonly size: number;

  constructor(loss: number, predictions: Int32Array, matrix: ConfusionMatrix) {
    this.loss = loss;
    this.predictions = predictions;
    this.size = predictions.length;
    this.confusionMatrix = matrix;
    this.accuracy = matrix.accuracy();
    this.perClassRecall = matrix.recall();
    this.perClassPrecision = matrix.precision();
    this.perClassF1 = matrix.f1();
    this.f1 = this.perClassF1.reduce((total, value) => total + value, 0) / this.perClassF1.length;
  }

  toString(): string {
    const names = this.confusionMatrix.classNames;
    const width = Math.max(5, ...names.map((name) => name.length));
    const percent = (value: number | undefined) => `${(100 * (value ?? 0)).toFixed(2)} %`.padStart(10);
    const rows = names.map((name, k) =>
      [
        name.padEnd(width),
        percent(this.perClassPrecision[k]),
        percent(this.perClassRecall[k]),
        percent(this.perClassF1[k]),
      ].join(""),
    );
    return [
      `accuracy ${percent(this.accuracy).trim()}, loss ${this.loss.toFixed(4)}, macro F1 ${percent(this.f1).trim()} on ${this.size} samples`,
      `${"class".padEnd(width)} precision    recall        F1`,
      ...rows,
    ].join("\n");
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": `${this.toString()}\n\n${this.confusionMatrix.toString()}` };
  }
}
