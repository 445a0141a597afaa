/** A table in a chart: columns of texts, as many as fit a row. */
import { extremes } from "../../base/extremes.js";
import { cellText, type Table, type TableCell } from "../../base/table.js";
import { visibleControls } from "../../base/visibleControls.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { pixelPlace } from "../pixelPlace.js";
import { chartTitle, type PanelStyle } from "../section.js";
import { lineHeight } from "./linesCard.js";

/** Pixels of a letter of the font, about, between columns, and of the widest column. */
const letter = 6;
const gap = 16;
const widest = 260;

/** @param note what is left out; columns without room are added to it. */
export function tableCard(
  table: Table,
  { title, note }: { readonly title: string; readonly note: string | undefined },
  style: PanelStyle,
): Spec {
  const { header, rows } = table;
  const columns = header.map((_, i) => columnOf(table, i));
  let left = 0;
  let shown = 0;
  const cells = columns.flatMap(({ texts, width, isNumbers }): Cell[][] => {
    const x = isNumbers ? left + width : left;
    left += width + gap;
    if (left > style.row + gap) return [];
    shown++;
    return texts.map((text, i) => [x, i * lineHeight, text, isNumbers ? 1 : 0, i === 0 ? 1 : 0]);
  });
  const notes = [
    ...(note ? [note] : []),
    ...(shown < header.length ? [`${shown} of ${header.length} columns have room`] : []),
  ];
  return {
    title: { ...chartTitle(title, notes.join("; ")), limit: style.row },
    width: style.row,
    height: (rows.length + 1) * lineHeight,
    data: inlineData({ x: "number", y: "number", text: "string", right: "number", head: "number" }, cells),
    layer: [0, 1].flatMap((right) => [0, 1].map((head) => textsLayer(right, head))),
  };
}

function textsLayer(right: number, head: number): Spec {
  return {
    transform: [{ filter: `datum.right == ${right} && datum.head == ${head}` }],
    mark: {
      type: "text",
      style: written,
      align: right ? "right" : "left",
      baseline: "top",
      fontSize: 11,
      fontWeight: head ? "bold" : "normal",
      limit: widest,
    },
    encoding: { x: pixelPlace("x"), y: pixelPlace("y"), text: { field: "text", type: "nominal" } },
  };
}

/** Its name and what stands below it. */
function columnOf(table: Table, column: number) {
  const cells: readonly TableCell[] = table.rows.map((row) => row[column]);
  const name = visibleControls(table.header[column] as string);
  const texts = [name, ...cells.map((cell) => cellText(table, column, cell))];
  const [, longest] = extremes(texts.map((text) => text.length));
  const isNumbers =
    cells.some((cell) => cell !== undefined) && cells.every((cell) => typeof cell !== "string");
  return { texts, width: Math.min(widest, longest * letter), isNumbers };
}
