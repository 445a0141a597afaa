/** The charts that runs recorded: each at the size it was given, in the board's look. */
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardFigure, BoardFigures, Thumbnail } from "../boardMedia.js";
import { isEvaluationFigure } from "../evaluationFigures.js";
import type { Spec } from "../inlineData.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { sectionCards, sliderRoom, steppedCards } from "../steppedCards.js";

export function figures(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const room = sliderRoom(runs.reduce((sum, { media }) => sum + (media?.figures?.size ?? 0), 0));
  return runs.flatMap(({ label, media }) => {
    const others = [...(media?.figures ?? [])].filter(([tag]) => media && !isEvaluationFigure(media, tag));
    const cards = others.flatMap(([tag, found]) => {
      const shown = style.stepSlider ? found.shown : found.shown.slice(0, 1);
      return steppedCards(
        shown,
        (one) => [[`${label}: ${tag}`, figureCard(tag, one, { found, style })]],
        room,
      );
    });
    if (cards.length === 0) return [];
    return [
      {
        title: `figures of ${label}`,
        columns: 1,
        ...sectionCards(cards, style),
      },
    ];
  });
}

function figureCard(
  tag: string,
  { step, chart }: BoardFigure,
  { found, style }: { readonly found: BoardFigures; readonly style: PanelStyle },
): Spec {
  const { title: own, ...spec } = "spec" in chart ? chart.spec : pictureOf(chart.picture, style);
  const notes = [
    ...(typeof own === "string" ? [visibleControls(own)] : []),
    ...(found.count > 1 ? [`step ${step}, one of ${found.count}`] : []),
  ];
  return { ...spec, title: { ...chartTitle(visibleControls(tag), notes), limit: style.row } };
}

/** At its own size, or as wide as there is room. */
function pictureOf({ address, width, height }: Thumbnail, { row }: PanelStyle): Spec {
  const share = Math.min(1, row / width);
  const [wide, high] = [Math.round(width * share), Math.round(height * share)];
  return {
    width: wide,
    height: high,
    data: { values: [{ address }] },
    mark: { type: "image", width: wide, height: high },
    encoding: {
      x: { value: wide / 2 },
      y: { value: high / 2 },
      url: { field: "address", type: "nominal" },
    },
  };
}
