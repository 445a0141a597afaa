import { counted } from "../base/counted.js";
import type { ClassificationContent, EvaluationRecord, MistakeContent } from "../base/evaluationContent.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { textTable } from "../base/table.js";
import { chartBundle } from "../board/chart.js";
import { confusionChart, evaluationChart } from "../board/evaluationChart.js";
import { type ClassCurves, classCurves } from "./classCurves.js";
import type { ConfusionMatrix } from "./confusionMatrix.js";
import { curveContents } from "./curveContents.js";
import { thresholdCurves } from "./thresholdCurves.js";

export interface EvaluationParts {
  /** One entry a sample, in the order of the split. */
  readonly labels: Int32Array;
  readonly predictions: Int32Array;
  readonly losses: Float32Array;
  readonly confidences: Float32Array;
  readonly probabilities: Float32Array | undefined;
  readonly confusionMatrix: ConfusionMatrix;
}

/** A wrong answer. */
export interface Mistake {
  /** Its place in the split. */
  readonly sample: number;
  readonly label: number;
  readonly predicted: number;
  /** Of the class that was said, 0 to 1. */
  readonly probability: number;
  /** Cross-entropy. */
  readonly loss: number;
}

/** Classes up to which a text shows all. */
const shownClasses = 100;
/** So many wrong answers are recorded. */
const recordedMistakes = 16;

/**
 * What a classifier does on data it is asked about. All shares are from 0 to 1.
 * Shows itself as charts: confusion matrix, PR and ROC curves, the worst mistakes; in a terminal as tables.
 */
export class Evaluation {
  readonly accuracy: number;
  /** Mean cross-entropy, regularisation left out. */
  readonly loss: number;
  /** One entry a class; 0 for a class without samples. */
  readonly perClassRecall: readonly number[];
  /** One entry a class; 0 for a class never predicted. */
  readonly perClassPrecision: readonly number[];
  readonly perClassF1: readonly number[];
  /** Mean of `perClassF1` (macro F1). */
  readonly f1: number;
  /** Number of samples. */
  readonly size: number;
  /** The true class of each sample, in the order of the split. */
  readonly labels: Int32Array;
  /** The class said for each sample. */
  readonly predictions: Int32Array;
  /** The cross-entropy of each sample. */
  readonly losses: Float32Array;
  /** [n, classes], row by row; undefined where they were not kept. */
  readonly probabilities: Float32Array | undefined;
  readonly confusionMatrix: ConfusionMatrix;
  readonly #confidences: Float32Array;
  #curves: ClassCurves | undefined;
  #made: ClassificationContent | undefined;

  constructor(parts: EvaluationParts) {
    const { labels, predictions, losses, confidences, probabilities, confusionMatrix } = parts;
    this.labels = labels;
    this.predictions = predictions;
    this.losses = losses;
    this.#confidences = confidences;
    this.probabilities = probabilities;
    this.confusionMatrix = confusionMatrix;
    this.size = predictions.length;
    this.loss = losses.reduce((total, value) => total + value, 0) / losses.length;
    this.accuracy = confusionMatrix.accuracy();
    this.perClassRecall = confusionMatrix.recall();
    this.perClassPrecision = confusionMatrix.precision();
    this.perClassF1 = confusionMatrix.f1();
    this.f1 = this.perClassF1.reduce((total, value) => total + value, 0) / this.perClassF1.length;
  }

  /**
   * PR and ROC curves with their areas, of each class against the others and of all together; of two classes those of the
   * second.
   *
   * @throws Error if no probabilities were kept, RangeError if one is NaN; the message names its sample.
   */
  curves(): ClassCurves {
    const { labels, probabilities } = this;
    if (!probabilities)
      throw new Error(
        `Curves need probabilities, which evaluate keeps of so many samples and classes with { probabilities: true } only`,
      );
    this.#curves ??= classCurves({ labels, probabilities, classNames: this.confusionMatrix.classNames });
    return this.#curves;
  }

  /** The wrong answers with the highest loss, the worst first; one that is NaN is worse than any. */
  worst(count: number = 16): Mistake[] {
    const { labels, predictions, losses } = this;
    const wrong = [...predictions.keys()].filter((i) => predictions[i] !== labels[i]);
    const rank = (i: number) => (Number.isNaN(losses[i]) ? Number.POSITIVE_INFINITY : (losses[i] as number));
    return wrong
      .sort((a, b) => (rank(a) === rank(b) ? a - b : rank(b) > rank(a) ? 1 : -1))
      .slice(0, count)
      .map((sample) => ({
        sample,
        label: labels[sample] as number,
        predicted: predictions[sample] as number,
        probability: this.#confidences[sample] as number,
        loss: losses[sample] as number,
      }));
  }

  toString(): string {
    const header = ["class", "precision", "recall", "F1"];
    const columns = [this.perClassPrecision, this.perClassRecall, this.perClassF1];
    const { classNames } = this.confusionMatrix;
    const all = [...classNames.keys()];
    const shown =
      all.length <= shownClasses
        ? all
        : all.sort((a, b) => this.perClassF1[a]! - this.perClassF1[b]!).slice(0, shownClasses);
    const rows = shown.map((k) => [classNames[k], ...columns.map((shares) => percent(shares[k] ?? 0))]);
    return [
      this.#headline(),
      ...(shown.length < classNames.length
        ? [
            `the ${shown.length} of ${classNames.length.toLocaleString("en-US")} classes with the lowest F1, the lowest first:`,
          ]
        : []),
      textTable({ header, rows, right: header.slice(1) }),
    ].join("\n");
  }

  /** Tables, in plain text. */
  toText(): string {
    return `${this.toString()}\n\n${this.confusionMatrix.toString()}`;
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    return chartBundle(evaluationChart(this.#content(), this.#headline()), this.toText());
  }

  /** What a run records of it. */
  toRecord(): EvaluationRecord {
    const content = this.#content();
    const { loss, accuracy, f1, averagePrecision, rocAuc } = content;
    const measured = { loss, accuracy, f1, averagePrecision, rocAuc };
    return {
      content,
      text: this.#headline(),
      scalars: Object.fromEntries(
        Object.entries(measured).filter((entry): entry is [string, number] => entry[1] !== undefined),
      ),
      thresholdCurves: this.#hasCurves()
        ? thresholdCurves(this.labels, this.probabilities!, this.confusionMatrix)
        : [],
      charts: { confusion: confusionChart(content, this.#headline()) },
    };
  }

  #headline(): string {
    return `accuracy ${percent(this.accuracy)}, loss ${this.loss.toFixed(4)}, macro F1 ${percent(this.f1)} on ${counted(this.size, "sample")}`;
  }

  /** A model that diverged has none to draw. */
  #hasCurves(): boolean {
    return this.probabilities !== undefined && !this.probabilities.some(Number.isNaN);
  }

  /** Curves are made once, for whoever shows and records it. */
  #content(): ClassificationContent {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): ClassificationContent {
    const { size, loss, accuracy, f1, confusionMatrix, labels, probabilities } = this;
    const { classNames, counts } = confusionMatrix;
    return {
      kind: "classification",
      size,
      loss,
      accuracy,
      f1,
      classNames,
      counts,
      ...(probabilities && this.#hasCurves() && curveContents({ labels, probabilities, classNames })),
      mistakes: this.worst(recordedMistakes).map(
        ({ label, predicted, ...mistake }): MistakeContent => ({
          ...mistake,
          label: classNames[label] as string,
          predicted: classNames[predicted] as string,
        }),
      ),
    };
  }
}

inspectInstances(Evaluation, (found) => found.toText());

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
