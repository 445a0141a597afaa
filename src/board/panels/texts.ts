/** The texts of runs as they were written, the newest of each tag first. */
import type { BoardTexts } from "../boardMedia.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";

/** Of one text. */
const mostLines = 12;
const fontSize = 11;
const lineHeight = 15;

export function texts(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap(({ label, media }) => {
    const cards = [...(media?.texts ?? [])].map(([tag, found]) => textCard(tag, found, style));
    return cards.length > 0 ? [{ title: `texts of ${label}`, columns: 1, cards }] : [];
  });
}

function textCard(tag: string, { shown, count }: BoardTexts, style: PanelStyle): Spec {
  const blocks = shown.map(({ step, text }) => {
    const lines = wrapped(text, Math.floor(style.row / 6.2));
    const more = lines.length - mostLines;
    return [
      `step ${step}:`,
      ...lines.slice(0, mostLines),
      ...(more > 0 ? [`… ${more} more ${more === 1 ? "line" : "lines"}`] : []),
    ];
  });
  const lines = blocks.flatMap((block, i) => (i === 0 ? block : ["", ...block]));
  return {
    title: chartTitle(tag, count > shown.length ? `the newest ${shown.length} of ${count}` : undefined),
    width: style.row,
    height: lines.length * lineHeight,
    data: inlineData(
      { y: "number", line: "string" },
      lines.flatMap((line, i): Cell[][] => (line === "" ? [] : [[i * lineHeight, line]])),
    ),
    mark: { type: "text", style: written, align: "left", baseline: "top", x: 0, fontSize, limit: style.row },
    encoding: {
      y: { field: "y", type: "quantitative", scale: null, axis: null },
      text: { field: "line", type: "nominal" },
    },
  };
}

/** Lines of at most `width` letters, parted at spaces where there are such. */
export function wrapped(text: string, width: number): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line) => {
    const parts: string[] = [];
    let rest = line.replaceAll("\t", "    ").trimEnd();
    while (rest.length > width) {
      const space = rest.lastIndexOf(" ", width);
      const at = space > width / 3 ? space : width;
      parts.push(rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...parts, rest];
  });
}
