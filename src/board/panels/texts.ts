/** The texts of runs, the newest of each tag first: Markdown on a page, in a chart lines as they were written. */
import type { BoardTexts } from "../boardMedia.js";
import type { CardContent } from "../cardContent.js";
import type { Spec } from "../inlineData.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { wrapped } from "../wrapped.js";
import { contentSections } from "./contentSections.js";
import { linesCard } from "./linesCard.js";

/** Of one text in a chart. */
const mostLines = 12;
/** Characters of one text on a page. */
export const longestText = 20_000;

export function texts(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return contentSections(runs, {
    name: "texts",
    of: (media) => media.texts,
    card: (tag, found) => textCard(tag, found, style),
    content: textContent,
  });
}

function textContent(tag: string, found: BoardTexts): CardContent {
  return {
    kind: "texts",
    title: tag,
    note: noteOf(found),
    texts: found.shown.map(({ step, text }) => ({ name: `step ${step}`, markdown: beginningOf(text) })),
  };
}

/** A text, or its first characters with an ellipsis. */
export function beginningOf(text: string, most = longestText): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function textCard(tag: string, found: BoardTexts, style: PanelStyle): Spec {
  const blocks = found.shown.map(({ step, text }) => {
    const lines = wrapped(text, Math.floor(style.row / 6.2));
    const more = lines.length - mostLines;
    return [
      `step ${step}:`,
      ...lines.slice(0, mostLines),
      ...(more > 0 ? [`… ${more} more ${more === 1 ? "line" : "lines"}`] : []),
    ];
  });
  const lines = blocks.flatMap((block, i) => (i === 0 ? block : ["", ...block]));
  return linesCard(chartTitle(tag, noteOf(found)), lines, style);
}

function noteOf({ shown, count }: BoardTexts): string | undefined {
  return count > shown.length ? `the newest ${shown.length} of ${count}` : undefined;
}
