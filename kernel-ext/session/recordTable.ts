/** An array of records as a table: aligned text, and HTML for who can show it. */
import { types } from "node:util";
import { escapeHtml } from "../../src/base/escapeHtml.js";
import { asCellsLeftThem } from "./intrinsics.js";

type Cell = string | number | boolean | bigint | null | undefined | Date;
type Row = Readonly<Record<string, unknown>>;

/** Rows and columns shown at most; a table that is wider is no help. */
const mostRows = 20;
const mostColumns = 20;
const longestCell = 60;

export interface RecordTable {
  readonly text: string;
  readonly html: string;
}

/** Undefined unless `value` is an array of two plain objects or more, whose values are all scalars. Never throws. */
export function recordTable(value: unknown): RecordTable | undefined {
  try {
    return Array.isArray(value) && value.length >= 2 ? tableOf(value) : undefined;
  } catch {
    // A getter or a Proxy that throws: shown as any other value.
    return undefined;
  }
}

function tableOf(rows: readonly unknown[]): RecordTable | undefined {
  const shown = Array.from(rows.slice(0, mostRows));
  if (!shown.every(isRecord)) return undefined;
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > mostColumns) return undefined;
  const cells = shown.map((row) => columns.map((column) => fieldOf(row, column)));
  if (!cells.flat().every(isCell)) return undefined;
  const texts = cells.map((row) => row.map((cell) => cellText(cell as Cell)));
  const isNumber = columns.map((_, at) =>
    cells.every((row) => /number|bigint|undefined/.test(typeof row[at])),
  );
  const size = rows.length > mostRows ? `… ${rows.length - mostRows} more of ${rows.length} rows` : undefined;
  return {
    text: textTable(columns, texts, { isNumber, size }),
    html: htmlTable(columns, texts, { isNumber, size }),
  };
}

/** A getter is a cell's code. */
function fieldOf(row: Row, column: string): unknown {
  const found = Object.getOwnPropertyDescriptor(row, column);
  return found?.get ? asCellsLeftThem(() => row[column]) : found?.value;
}

interface Layout {
  /** Of each column: its numbers stand to the right. */
  readonly isNumber: readonly boolean[];
  /** What is not shown. */
  readonly size: string | undefined;
}

function textTable(
  columns: readonly string[],
  rows: readonly string[][],
  { isNumber, size }: Layout,
): string {
  const widths = columns.map((name, at) =>
    Math.max(...[name, ...rows.map((row) => row[at] ?? "")].map(width)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const gap = " ".repeat((widths[at] ?? 0) - width(cell));
        return isNumber[at] ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((wide) => "─".repeat(wide)).join("  ");
  return [line(columns), rule, ...rows.map(line), ...(size ? [size] : [])].join("\n");
}

function htmlTable(
  columns: readonly string[],
  rows: readonly string[][],
  { isNumber, size }: Layout,
): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell, at) => `<${tag}${isNumber[at] ? "" : ' style="text-align:left"'}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((row) => line("td", row)).join("");
  const note = size ? `<p>${size}</p>` : "";
  return `<table><thead>${line("th", columns)}</thead><tbody>${body}</tbody></table>${note}`;
}

function isRecord(value: unknown): value is Row {
  if (value === null || typeof value !== "object" || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isCell(value: unknown): value is Cell {
  if (typeof value === "string") return value.length <= longestCell && !value.includes("\n");
  return value === null || /number|boolean|bigint|undefined/.test(typeof value) || value instanceof Date;
}

function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return numberText(cell);
  return cell instanceof Date
    ? Number.isNaN(cell.getTime())
      ? "Invalid Date"
      : cell.toISOString()
    : String(cell);
}

/** In six digits, or as many more as keep the integer part and one digit of the fraction: times in seconds are long. */
function numberText(number: number): string {
  if (Number.isInteger(number) || !Number.isFinite(number)) return String(number);
  const integer = String(Math.trunc(Math.abs(number)));
  return String(Number(number.toPrecision(Math.max(6, integer.length + 1))));
}

/** In code points: enough for text without wide characters. */
function width(text: string): number {
  return [...text].length;
}
