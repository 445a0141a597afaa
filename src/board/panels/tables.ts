/** The tables of runs: a table on a page, columns of texts in a chart. */
import type { Table, TableCell } from "../../base/table.js";
import type { BoardTable } from "../boardMedia.js";
import type { CardContent } from "../cardContent.js";
import type { Spec } from "../inlineData.js";
import type { PanelStyle, Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { contentSections } from "./contentSections.js";
import { tableCard } from "./tableCard.js";

/** Of a table in a chart. */
const mostRows = 20;

export function tables(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return contentSections(runs, {
    name: "tables",
    of: (media) => media.tables,
    card: (tag, found) => chartOf(tag, found, style),
    content: tableContent,
  });
}

function chartOf(tag: string, found: BoardTable, style: PanelStyle): Spec {
  const rows = found.rows.slice(0, mostRows);
  return tableCard(plainTable({ ...found, rows }), { title: tag, note: noteOf(found, rows.length) }, style);
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
