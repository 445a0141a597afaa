/** One evaluation as a chart: confusion matrix, curves and the worst mistakes; of a regression predicted over true values. */
import type { ClassificationContent, CurveContent, EvaluationContent } from "../base/evaluationContent.js";
import { shortNumber } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import { confusionCard } from "./confusionCard.js";
import { type CurveSeries, curveCard, curveKinds } from "./curveCards.js";
import type { Spec } from "./inlineData.js";
import { neutral, runColour } from "./palette.js";
import { linesCard } from "./panels/linesCard.js";
import { residualCard } from "./residualCard.js";
import { chartTitle } from "./section.js";
import { schemaUrl } from "./spec.js";

const side = 340;
const curveSize = { width: 220, height: 200, interactive: true } as const;

/** @param headline its metrics, in a line */
export function evaluationChart(content: EvaluationContent, headline: string): Spec {
  if (content.kind === "regression") {
    const size = { width: side, height: side, interactive: true };
    return whole(headline, residualCard(content, { text: "predicted over true", subtitle: headline }, size));
  }
  const { curves = [], mistakes } = content;
  const matrix = confusionCard(
    content,
    { text: "confusion matrix", subtitle: headline },
    { side, interactive: true },
  );
  const cards = (["precisionRecall", "roc"] as const).map((kind) =>
    curveCard(curveKinds[kind], classSeries(curves, kind), {
      ...curveSize,
      field: "class",
      subtitle: areaOf(content, kind),
    }),
  );
  return whole(headline, {
    vconcat: [
      { hconcat: [matrix, ...(curves.length > 0 ? [{ vconcat: cards }] : [])], resolve: independent },
      ...(mistakes.length > 0 ? [mistakesCard(mistakes)] : []),
    ],
    resolve: independent,
  });
}

/** The matrix alone, as a run records it. */
export function confusionChart(content: ClassificationContent, headline: string): Spec {
  return whole(
    headline,
    confusionCard(
      content,
      { text: "confusion matrix", subtitle: headline },
      { side: 420, interactive: true },
    ),
  );
}

const independent = {
  scale: { color: "independent", strokeDash: "independent", fillOpacity: "independent" },
};

function whole(description: string, view: Spec): Spec {
  return {
    $schema: schemaUrl,
    description,
    padding: 8,
    ...view,
    config: {
      axis: { titleFontWeight: "normal", labelFontSize: 10, titleFontSize: 10 },
      title: { anchor: "start", frame: "group", fontSize: 11, subtitleFontSize: 10, offset: 6 },
      concat: { spacing: 18 },
    },
  };
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

function mistakesCard(mistakes: ClassificationContent["mistakes"]): Spec {
  const lines = mistakes.map(({ sample, label, predicted, probability, loss }) =>
    visibleControls(
      `sample ${sample}: said ${predicted} (${(100 * probability).toFixed(1)} %), is ${label}; loss ${shortNumber(loss)}`,
    ),
  );
  return linesCard(chartTitle("worst mistakes", "by their loss"), lines, { row: 760 });
}
