/** An evaluation in plain text, for terminals. */
import { counted } from "../base/counted.js";
import { textTable } from "../base/table.js";
import { percentText } from "../board/pictureLabels.js";
import type { ConfusionMatrix } from "./confusionMatrix.js";
import type { Mistake } from "./mistake.js";

/** Classes up to which all are told, and mistakes. */
const most = { classes: 100, mistakes: 10 } as const;

export interface Judgement {
  readonly accuracy: number;
  readonly loss: number;
  readonly f1: number;
  readonly size: number;
  readonly perClassRecall: readonly number[];
  readonly perClassPrecision: readonly number[];
  readonly perClassF1: readonly number[];
  readonly confusionMatrix: ConfusionMatrix;
  worst(count: number): Mistake[];
}

/** Its metrics in a line. */
export function headlineOf({ accuracy, loss, f1, size }: Judgement): string {
  return `accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}, macro F1 ${percent(f1)} on ${counted(size, "sample")}`;
}

/** And how well each class is known. */
export function summaryText(judged: Judgement): string {
  const { perClassPrecision, perClassRecall, perClassF1 } = judged;
  const { classNames } = judged.confusionMatrix;
  const all = [...classNames.keys()];
  const isWhole = all.length <= most.classes;
  const shown = isWhole ? all : all.sort((a, b) => perClassF1[a]! - perClassF1[b]!).slice(0, most.classes);
  const header = ["class", "precision", "recall", "F1"];
  const rows = shown.map((k) => [
    classNames[k],
    ...[perClassPrecision, perClassRecall, perClassF1].map((shares) => percent(shares[k] ?? 0)),
  ]);
  const note = `the ${shown.length} of ${classNames.length.toLocaleString("en-US")} classes with the lowest F1, the lowest first:`;
  const table = textTable({ header, rows, right: header.slice(1) });
  return [headlineOf(judged), ...(isWhole ? [] : [note]), table].join("\n");
}

/** And what was confused, and the worst mistakes. */
export function evaluationText(judged: Judgement): string {
  const { confusionMatrix } = judged;
  const mistakes = judged.worst(most.mistakes);
  return [
    summaryText(judged),
    confusionMatrix.toString(),
    ...(mistakes.length > 0 ? [mistakesText(mistakes, confusionMatrix.classNames)] : []),
  ].join("\n\n");
}

function mistakesText(mistakes: readonly Mistake[], classNames: readonly string[]): string {
  const rows = mistakes.map(({ sample, label, predicted, probability, loss }) => [
    sample,
    classNames[label],
    classNames[predicted],
    percentText(probability),
    loss,
  ]);
  const header = ["sample", "true", "predicted", "probability", "loss"];
  return `worst mistakes:\n${textTable({ header, rows, right: ["probability"] })}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
