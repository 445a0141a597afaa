/** One evaluation as a chart: confusion matrix, curves and the worst mistakes; of a regression predicted over true values. */

import type { ClassificationContent, EvaluationContent } from "../base/evaluationContent.js";
import type { Pictures } from "../base/png.js";
import { confusionCard } from "./confusionCard.js";
import { curveCard, curveKinds, legendWidth } from "./curveCards.js";
import { areaOf, classSeries, confusionsCard, mistakesCard } from "./evaluationCards.js";
import type { Spec } from "./inlineData.js";
import { mistakeGrid } from "./mistakeGrid.js";
import { residualCard } from "./residualCard.js";
import { schemaUrl } from "./spec.js";

const side = 340;
const row = 780;
/** Pixels up to which a matrix has both curves on its right side by side, and the least height of one of two below each other. */
const small = { matrix: 200, curve: 120 } as const;
/** Of a legend, in pixels: what longer names take, the curves give. */
const roomForNames = 102;
/** Titles, axes and gaps of two curves below each other, less those of the matrix. */
const curveEdges = 58;

/**
 * @param headline its metrics, in a line
 * @param pictures of the first mistakes, one each
 */
export function evaluationChart(content: EvaluationContent, headline: string, pictures?: Pictures): Spec {
  if (content.kind === "regression") {
    const size = { width: side, height: side, interactive: true };
    return whole(
      headline,
      residualCard(content, { text: "predicted over true", subtitle: [headline] }, size),
    );
  }
  const matrix = confusionCard(
    content,
    { text: "confusion matrix", subtitle: [headline] },
    { side, interactive: true },
  );
  const beside = curvesBeside(content, Number(matrix.height));
  const lists = (width: number) => [
    ...[confusionsCard(content, width)].filter((card) => card !== undefined),
    ...(content.mistakes.length > 0 ? [mistakesCard(content.mistakes, width)] : []),
  ];
  const grid = pictures ? [mistakeGrid(content.mistakes, pictures, row)] : [];
  if (beside.length === 0) {
    const cards = lists(row / 2);
    const first = inARow([matrix, ...(cards.length > 0 ? [{ vconcat: cards }] : [])]);
    return whole(headline, { vconcat: [first, ...grid], resolve: independent });
  }
  const below = lists(row / 2 - 10);
  return whole(headline, {
    vconcat: [inARow([matrix, ...beside]), ...(below.length > 0 ? [inARow(below)] : []), ...grid],
    resolve: independent,
  });
}

function inARow(cards: readonly Spec[]): Spec {
  return { hconcat: cards, resolve: independent };
}

/** One or two views, together about as high as the matrix; none where there are no curves. */
function curvesBeside(content: ClassificationContent, height: number): Spec[] {
  const { curves = [] } = content;
  if (curves.length === 0) return [];
  const isSmall = height <= small.matrix;
  const shorter = Math.max(0, legendWidth(classSeries(curves, "roc")) - roomForNames);
  const size = isSmall
    ? { width: 180 - shorter, height: Math.max(small.curve, height) }
    : { width: 250 - shorter, height: Math.max(small.curve, (height - curveEdges) / 2) };
  const card = (kind: keyof typeof curveKinds, legend: boolean) =>
    curveCard(curveKinds[kind], classSeries(curves, kind), {
      ...size,
      legend,
      interactive: true,
      field: "class",
      subtitle: areaOf(content, kind),
    });
  const cards = [card("precisionRecall", !isSmall), card("roc", isSmall)];
  return isSmall ? cards : [{ vconcat: cards, resolve: independent }];
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
