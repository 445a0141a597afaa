/** Parts of charts of evaluations, for one alone and for a board of several. */
import { counted } from "../base/counted.js";
import type { ClassificationContent, CurveContent, EvaluationContent } from "../base/evaluationContent.js";
import { shortNumber } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import { type CurveSeries, curveKinds } from "./curveCards.js";
import type { Spec } from "./inlineData.js";
import { neutral, runColour } from "./palette.js";
import { linesCard } from "./panels/linesCard.js";
import { chartTitle } from "./section.js";

/** So many wrong answers are listed. */
const shownMistakes = 10;

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
  return [first, told({ "average precision": averagePrecision, "ROC area": rocAuc })];
}

function told(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${shortNumber(value)}`)
    .join(", ");
}

/** `average precision 0.934, mean of the classes`. */
export function areaOf(content: ClassificationContent, kind: keyof typeof curveKinds): string {
  const { classNames, averagePrecision = Number.NaN, rocAuc = Number.NaN } = content;
  const area = kind === "roc" ? rocAuc : averagePrecision;
  const of = classNames.length === 2 ? `of ${short(classNames[1] as string)}` : "mean of the classes";
  return `${curveKinds[kind].area} ${area.toFixed(3)}, ${of}`;
}

function short(name: string): string {
  const shown = visibleControls(name);
  return shown.length > 16 ? `${shown.slice(0, 15)}…` : shown;
}

/** A line a class, that of all of them together dashed. */
export function classSeries(curves: readonly CurveContent[], kind: keyof typeof curveKinds): CurveSeries[] {
  let next = 0;
  return curves.map((curve) => ({
    name: curve.name,
    colour: curve.isMicro ? neutral : runColour(next++),
    dashed: curve.isMicro,
    area: kind === "roc" ? curve.rocAuc : curve.averagePrecision,
    points: curve[kind],
  }));
}

export function mistakesCard(mistakes: ClassificationContent["mistakes"], row: number): Spec {
  const lines = mistakes
    .slice(0, shownMistakes)
    .map(({ sample, label, predicted, probability, loss }) =>
      visibleControls(
        `sample ${sample}: said ${predicted} (${(100 * probability).toFixed(1)} %), is ${label}; loss ${shortNumber(loss)}`,
      ),
    );
  return linesCard(chartTitle("worst mistakes", "by their loss"), lines, { row });
}
