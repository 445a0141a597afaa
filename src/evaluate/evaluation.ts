import type { ClassificationContent, EvaluationRecord, MistakeContent } from "../base/evaluationContent.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { mean } from "../base/mean.js";
import type { Pictures } from "../base/png.js";
import { chartBundle } from "../board/chart.js";
import { confusionChart, evaluationChart } from "../board/evaluationChart.js";
import { type ClassCurves, classCurves } from "./classCurves.js";
import type { ConfusionMatrix } from "./confusionMatrix.js";
import { curveContents } from "./curveContents.js";
import { evaluationText, headlineOf, summaryText } from "./evaluationText.js";
import type { Mistake } from "./mistake.js";
import type { PicturesOf } from "./mistakePictures.js";
import { thresholdCurves } from "./thresholdCurves.js";

export interface EvaluationParts {
  /** One entry a sample, in the order of the split. */
  readonly labels: Int32Array;
  readonly predictions: Int32Array;
  readonly losses: Float32Array;
  readonly confidences: Float32Array;
  readonly probabilities: Float32Array | undefined;
  readonly confusionMatrix: ConfusionMatrix;
  /** Asked once, of the worst mistakes. */
  readonly picturesOf?: PicturesOf;
}

/** So many wrong answers are recorded, and shown as pictures. */
const recordedMistakes = 16;

/**
 * What a classifier does on data it is asked about. All shares are from 0 to 1.
 * Shows itself as charts: confusion matrix, PR and ROC curves, the worst mistakes, as pictures where the samples are such; in
 * a terminal as tables.
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
  readonly #pictures: Pictures | undefined;

  constructor(parts: EvaluationParts) {
    const { labels, predictions, losses, confidences, probabilities, confusionMatrix } = parts;
    this.labels = labels;
    this.predictions = predictions;
    this.losses = losses;
    this.#confidences = confidences;
    this.probabilities = probabilities;
    this.confusionMatrix = confusionMatrix;
    this.size = predictions.length;
    this.loss = mean(losses);
    this.accuracy = confusionMatrix.accuracy();
    this.perClassRecall = confusionMatrix.recall();
    this.perClassPrecision = confusionMatrix.precision();
    this.perClassF1 = confusionMatrix.f1();
    this.f1 = mean(this.perClassF1);
    this.#pictures = parts.picturesOf?.(this.worst(recordedMistakes).map(({ sample }) => sample));
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
    return summaryText(this);
  }

  /** Tables, in plain text. */
  toText(): string {
    return evaluationText(this);
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    return chartBundle(evaluationChart(this.#content(), headlineOf(this), this.#pictures), this.toText());
  }

  /** What a run records of it. */
  toRecord(): EvaluationRecord {
    const content = this.#content();
    const { loss, accuracy, f1, averagePrecision, rocAuc } = content;
    const measured = { loss, accuracy, f1, averagePrecision, rocAuc };
    return {
      content,
      text: headlineOf(this),
      scalars: Object.fromEntries(
        Object.entries(measured).filter((entry): entry is [string, number] => entry[1] !== undefined),
      ),
      thresholdCurves: this.#hasCurves()
        ? thresholdCurves(this.labels, this.probabilities!, this.confusionMatrix)
        : [],
      charts: { confusion: confusionChart(content, headlineOf(this)) },
    };
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
