/** The tables of runs: a table on a page, columns of texts in a chart. */
import { shortNumber, type Table, type TableCell } from "../../base/table.js";
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardTable } from "../boardMedia.js";
import type { CardContent } from "../cardContent.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { lineHeight } from "./linesCard.js";

/** Of a table in a chart. */
const mostRows = 20;
/** Pixels of a letter of the font, about, between columns, and of the widest column. */
const letter = 6;
const gap = 16;
const widest = 260;

export function tables(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap(({ label, media }) => {
    const all = [...(media?.tables ?? [])];
    if (all.length === 0) return [];
    return [
      {
        title: `tables of ${label}`,
        columns: 1,
        cards: all.map(([tag, found]) => tableCard(tag, found, style)),
        contents: all.map(([tag, found]) => tableContent(tag, found)),
      },
    ];
  });
}

/** As a page shows it. */
export function tableContent(tag: string, found: BoardTable): CardContent {
  return { kind: "table", title: tag, note: noteOf(found, found.rows.length), table: plainTable(found) };
}

export function plainTable({ columns, rows }: BoardTable): Table {
  return { header: columns, rows: rows.map((row) => row.map((cell): TableCell => cell ?? undefined)) };
}

/** `step 3, the newest of 4; the first 20 of 500 rows`. */
export function noteOf(
  { step, count, size: [rows, columns], columns: shown }: BoardTable,
  drawn: number,
): string {
  return [
    `step ${step}${count > 1 ? `, the newest of ${count}` : ""}`,
    ...(rows > drawn ? [`the first ${drawn} of ${rows.toLocaleString("en-US")} rows`] : []),
    ...(columns > shown.length ? [`the first ${shown.length} of ${columns} columns`] : []),
  ].join("; ");
}

function tableCard(tag: string, found: BoardTable, style: PanelStyle): Spec {
  const shown = found.rows.slice(0, mostRows);
  const columns = found.columns.map((name, i) =>
    columnOf(
      name,
      shown.map((row) => row[i] ?? null),
    ),
  );
  let left = 0;
  const cells = columns.flatMap(({ texts, width, isNumbers }): Cell[][] => {
    const x = isNumbers ? left + width : left;
    left += width + gap;
    return left > style.row + gap
      ? []
      : texts.map((text, i) => [x, i * lineHeight, text, isNumbers ? 1 : 0, i === 0 ? 1 : 0]);
  });
  const place = (field: string): Spec => ({ field, type: "quantitative", scale: null, axis: null });
  const layers = [0, 1].flatMap((right) =>
    [0, 1].map((head) => ({
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
      encoding: { x: place("x"), y: place("y"), text: { field: "text", type: "nominal" } },
    })),
  );
  return {
    title: { ...chartTitle(tag, noteOf(found, shown.length)), limit: style.row },
    width: style.row,
    height: (shown.length + 1) * lineHeight,
    data: inlineData({ x: "number", y: "number", text: "string", right: "number", head: "number" }, cells),
    layer: layers,
  };
}

/** Its name and what stands below it. */
function columnOf(name: string, cells: readonly (string | number | null)[]) {
  const texts = [name, ...cells].map((cell) =>
    typeof cell === "number" ? shortNumber(cell) : visibleControls(cell ?? ""),
  );
  const longest = Math.max(...texts.map((text) => text.length));
  const isNumbers = cells.some((cell) => cell !== null) && cells.every((cell) => typeof cell !== "string");
  return { texts, width: Math.min(widest, longest * letter), isNumbers };
}
