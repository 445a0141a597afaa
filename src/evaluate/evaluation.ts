import { counted } from "../base/counted.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { textTable } from "../base/table.js";
import type { ConfusionMatrix } from "./confusionMatrix.js";

/**
 * What a classifier does on data it is asked about. All shares are from 0 to 1.
 * Shows itself as a table of the classes under one line of totals.
 */
export class Evaluation {
  readonly accuracy: number;
  /** One entry a class; 0 for a class without samples. */
  readonly perClassRecall: readonly number[];
  /** One entry a class; 0 for a class never predicted. */
  readonly perClassPrecision: readonly number[];
  readonly perClassF1: readonly number[];
  /** Mean of `perClassF1` (macro F1). */
  readonly f1: number;
  /** Number of samples. */
  readonly size: number;

  constructor(
    /** Mean cross-entropy, regularisation left out. */
    readonly loss: number,
    /** The class said for each sample, in the order of the split. */
    readonly predictions: Int32Array,
    readonly confusionMatrix: ConfusionMatrix,
  ) {
    this.size = predictions.length;
    this.accuracy = confusionMatrix.accuracy();
    this.perClassRecall = confusionMatrix.recall();
    this.perClassPrecision = confusionMatrix.precision();
    this.perClassF1 = confusionMatrix.f1();
    this.f1 = this.perClassF1.reduce((total, value) => total + value, 0) / this.perClassF1.length;
  }

  toString(): string {
    const header = ["class", "precision", "recall", "F1"];
    const columns = [this.perClassPrecision, this.perClassRecall, this.perClassF1];
    const rows = this.confusionMatrix.classNames.map((name, k) => [
      name,
      ...columns.map((shares) => percent(shares[k] ?? 0)),
    ]);
    return [
      `accuracy ${percent(this.accuracy)}, loss ${this.loss.toFixed(4)}, macro F1 ${percent(this.f1)} on ${counted(this.size, "sample")}`,
      textTable({ header, rows, right: header.slice(1) }),
    ].join("\n");
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": `${this.toString()}\n\n${this.confusionMatrix.toString()}` };
  }
}

inspectInstances(Evaluation, (found) => String(found.toMimeBundle()["text/plain"]));

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
