/** A run's tables as a board shows them: the newest of a tag, as much of it as a person reads. */
import type { TablePoint } from "../track/runMedia.js";
import type { JsonValue } from "../track/runRecord.js";
import type { BoardTable } from "./boardMedia.js";

/** Characters of a cell; the rest is cut off. */
const most = { rows: 100, columns: 24, cell: 160 } as const;

/** What was read once is kept while the run is: a live board shows it again and again. */
const made = new WeakMap<TablePoint, Omit<BoardTable, "count">>();

/** @throws Error where a file was cut since the run was read, SyntaxError where it holds no JSON. */
export function tableOf(points: readonly TablePoint[]): BoardTable {
  const newest = points.at(-1) as TablePoint;
  const known = made.get(newest) ?? readTable(newest);
  made.set(newest, known);
  return { ...known, count: points.length };
}

function readTable({ step, table }: TablePoint): Omit<BoardTable, "count"> {
  const { columns, rows } = table.read();
  return {
    step,
    columns: columns.slice(0, most.columns).map(cut),
    rows: rows.slice(0, most.rows).map((row) => row.slice(0, most.columns).map(cellOf)),
    size: [rows.length, columns.length],
  };
}

function cellOf(value: JsonValue): string | number | null {
  if (value === null || typeof value === "number") return value;
  return cut(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function cut(text: string): string {
  return text.length > most.cell ? `${text.slice(0, most.cell)}…` : text;
}
