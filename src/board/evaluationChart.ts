/** One evaluation as a chart: confusion matrix, curves and the worst mistakes; of a regression predicted over true values. */

import type { ClassificationContent, EvaluationContent } from "../base/evaluationContent.js";
import { confusionCard } from "./confusionCard.js";
import { curveCard, curveKinds } from "./curveCards.js";
import { areaOf, classSeries, mistakesCard } from "./evaluationCards.js";
import type { Spec } from "./inlineData.js";
import { residualCard } from "./residualCard.js";
import { schemaUrl } from "./spec.js";

const side = 340;
const curveSize = { width: 220, height: 200, interactive: true } as const;

/** @param headline its metrics, in a line */
export function evaluationChart(content: EvaluationContent, headline: string): Spec {
  if (content.kind === "regression") {
    const size = { width: side, height: side, interactive: true };
    return whole(
      headline,
      residualCard(content, { text: "predicted over true", subtitle: [headline] }, size),
    );
  }
  const { curves = [], mistakes } = content;
  const matrix = confusionCard(
    content,
    { text: "confusion matrix", subtitle: [headline] },
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
      ...(mistakes.length > 0 ? [mistakesCard(mistakes, 760)] : []),
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
      { text: "confusion matrix", subtitle: [headline] },
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
