/** Parts of charts of evaluations, for one alone and for a board of several. */
import { counted } from "../base/counted.js";
import type { ClassificationContent, CurveContent, EvaluationContent } from "../base/evaluationContent.js";
import { sum } from "../base/sum.js";
import { shortNumber } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import { type ConfusionMatrix, confusionsOf } from "./confusedClasses.js";
import { type CurveSeries, curveKinds } from "./curveCards.js";
import type { Spec } from "./inlineData.js";
import { neutral, runColour, runDash } from "./palette.js";
import { linesCard } from "./panels/linesCard.js";
import { percentText } from "./pictureLabels.js";
import { chartTitle } from "./section.js";

/** So many wrong answers and confusions are listed. */
const shownLines = 10;

/** In a line. */
export function metricsText(content: EvaluationContent): string {
  return `${metricsLines(content).join(", ")} on ${counted(content.size, "sample")}`;
}

/** In one line, or two. */
export function metricsLines(content: EvaluationContent): string[] {
  if (content.kind === "regression")
    return [told({ RMSE: content.rootMeanSquaredError, MAE: content.meanAbsoluteError, "R²": content.r2 })];
  const { accuracy, loss, f1, averagePrecision, rocAuc } = content;
  const first = told({ accuracy, loss, "macro F1": f1 });
  if (averagePrecision === undefined || rocAuc === undefined) return [first];
  return [first, areasOf(content.classNames, { "average precision": averagePrecision, "ROC area": rocAuc })];
}

function told(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${shortNumber(value)}`)
    .join(", ");
}

/** Means over the classes say so, as the area of all classes together is another number; of two classes the second's. */
function areasOf(classNames: readonly string[], areas: Readonly<Record<string, number>>): string {
  if (classNames.length === 2) return `of ${short(classNames[1] as string)}: ${told(areas)}`;
  return told(Object.fromEntries(Object.entries(areas).map(([name, area]) => [`macro ${name}`, area])));
}

/** `macro average precision 0.934, mean of the classes`, and once of which classes there are lines. */
export function areaOf(
  content: ClassificationContent & ConfusionMatrix,
  kind: keyof typeof curveKinds,
): string[] {
  const { classNames, averagePrecision = Number.NaN, rocAuc = Number.NaN } = content;
  const area = kind === "roc" ? rocAuc : averagePrecision;
  const of = classNames.length === 2 ? `of ${short(classNames[1] as string)}` : "mean of the classes";
  const macro = classNames.length === 2 ? "" : "macro ";
  const told = `${macro}${curveKinds[kind].area} ${area.toFixed(3)}, ${of}`;
  return kind === "roc" ? [told] : [told, ...worstOf(content)];
}

/** Nothing where every class that has samples has a line. */
function worstOf({ curves = [], counts, whole }: ClassificationContent & ConfusionMatrix): string[] {
  const drawn = curves.filter(({ isMicro }) => !isMicro).length;
  const all = whole?.classes ?? counts.filter((row) => sum(row) > 0).length;
  if (drawn >= all || counts.length === 2) return [];
  return [`the ${drawn} of ${all.toLocaleString("en-US")} classes with the lowest average precision`];
}

function short(name: string): string {
  const shown = visibleControls(name);
  return shown.length > 16 ? `${shown.slice(0, 15)}…` : shown;
}

/** Of all classes together: neither a class's colour nor its dash. */
const microDash = [8, 2, 2, 2];

/** A line a class. */
export function classSeries(curves: readonly CurveContent[], kind: keyof typeof curveKinds): CurveSeries[] {
  let next = 0;
  return curves.map(({ name, isMicro, ...curve }) => ({
    name,
    ...(isMicro ? { colour: neutral, dash: microDash } : { colour: runColour(next), dash: runDash(next++) }),
    area: kind === "roc" ? curve.rocAuc : curve.averagePrecision,
    points: curve[kind],
  }));
}

export function mistakesCard(mistakes: ClassificationContent["mistakes"], row: number): Spec {
  const lines = mistakes
    .slice(0, shownLines)
    .map(({ sample, label, predicted, probability, loss }) =>
      visibleControls(
        `sample ${sample}: said ${predicted} (${percentText(probability)}), is ${label}; loss ${shortNumber(loss)}`,
      ),
    );
  return linesCard({ ...chartTitle("worst mistakes", "by their loss"), limit: row }, lines, { row });
}

/** Classes up to which the matrix's cells hold their counts. */
const fewClasses = 16;

/** What a matrix does not say: of few classes how well each is known, of many the largest confusions; undefined without any. */
export function confusionsCard(matrix: ConfusionMatrix, row: number): Spec | undefined {
  if (matrix.classNames.length <= fewClasses) return classesCard(matrix, row);
  const confusions = confusionsOf(matrix, shownLines);
  if (confusions.length === 0) return undefined;
  const lines = confusions.map(({ label, predicted, count, of }) =>
    visibleControls(
      `${label} taken for ${predicted}: ${count.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} (${percentText(count / of)})`,
    ),
  );
  return linesCard({ ...chartTitle("largest confusions", "by their samples"), limit: row }, lines, { row });
}

function classesCard({ classNames, counts }: ConfusionMatrix, row: number): Spec {
  const classes = classNames.map((name, k) => {
    const right = counts[k]?.[k] ?? 0;
    const recall = share(right, sum(counts[k] ?? []));
    const precision = share(right, sum(counts.map((said) => said[k] ?? 0)));
    return { name, recall, precision, f1: share(2 * recall * precision, recall + precision) };
  });
  const lines = classes
    .sort((a, b) => a.f1 - b.f1)
    .slice(0, shownLines)
    .map(({ name, recall, precision, f1 }) =>
      visibleControls(
        `${name}: F1 ${percentText(f1)}, precision ${percentText(precision)}, recall ${percentText(recall)}`,
      ),
    );
  return linesCard({ ...chartTitle("classes", "the lowest F1 first"), limit: row }, lines, { row });
}

/** As evaluations have it: 0 of nothing. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
