/** One table, as text and as HTML. */
import { durationText } from "./durationText.js";
import { escapeHtml } from "./escapeHtml.js";
import { extremes } from "./extremes.js";
import { visibleControls } from "./visibleControls.js";

/** A cell is a text or a number; numbers stand on the right. Undefined is an empty cell. */
export type TableCell = string | number | undefined;

export interface Table {
  readonly header: readonly string[];
  /** Each as long as `header`. */
  readonly rows: readonly (readonly TableCell[])[];
  /** Columns of texts that stand on the right as numbers do, such as durations. */
  readonly right?: readonly string[];
  /** Columns whose numbers are seconds: shown in units that fit. */
  readonly seconds?: readonly string[];
  /** How the rows stand out in HTML, by their place in `rows`. */
  readonly marks?: readonly (RowMark | undefined)[];
}

export interface RowMark {
  /** CSS of the row. */
  readonly style?: string;
  /** Shown when the mouse rests on the row. */
  readonly title?: string;
}

/** Columns padded with spaces, a rule under the header. Control characters are shown as `·`. */
export function textTable(table: Table): string {
  const { header, rows } = table;
  const texts = rows.map((row) => row.map((cell, column) => cellText(table, column, cell)));
  const lines = [header.map(visibleControls), ...texts];
  const widths = header.map((_, column) => extremes(lines.map((line) => width(line[column]!)))[1]);
  const right = header.map((_, column) => isRight(table, column));
  const format = (line: readonly string[]) =>
    line
      .map((text, column) => {
        const padding = " ".repeat(widths[column]! - width(text));
        return right[column] ? padding + text : text + padding;
      })
      .join("  ")
      .trimEnd();
  const [head, ...body] = lines.map(format);
  return [head, widths.map((size) => "─".repeat(size)).join("  "), ...body].join("\n");
}

/** A text up to this long, such as a name with hyphens, is not broken over lines. */
export const longestUnbroken = 40;

/** A `<table>`; everything in it is escaped. */
export function htmlTable(table: Table): string {
  const { header, rows, marks } = table;
  const right = header.map((_, column) => isRight(table, column));
  const align = (column: number, text: string) =>
    ` style="text-align:${right[column] ? "right" : "left"}${right[column] || text.length <= longestUnbroken ? ";white-space:nowrap" : ""}"`;
  const line = (tag: string, cells: readonly string[], mark?: RowMark) =>
    `<tr${attribute("style", mark?.style)}${attribute("title", mark?.title)}>${cells.map((text, column) => `<${tag}${align(column, text)}>${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  const texts = (row: readonly TableCell[]) => row.map((cell, column) => cellText(table, column, cell));
  const body = rows.map((row, i) => line("td", texts(row), marks?.[i])).join("");
  return `<table><thead>${line("th", header.map(visibleControls))}</thead><tbody>${body}</tbody></table>`;
}

function attribute(name: string, value: string | undefined): string {
  return value ? ` ${name}="${escapeHtml(value)}"` : "";
}

/** At most `digits` significant digits, without trailing zeros: 0.9712, 1.2e-7, 60000. */
export function shortNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? rounded.toExponential().replace("e+", "e")
    : String(rounded);
}

/** A number to at most `digits` digits, by default 4. In a page's JSON an empty cell is null. */
export function cellText(
  { header, seconds = [] }: Pick<Table, "header" | "seconds">,
  column: number,
  cell: TableCell | null,
  digits = 4,
): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell !== "number") return visibleControls(cell);
  return seconds.includes(header[column] as string) ? durationText(cell) : shortNumber(cell, digits);
}

function isRight({ header, rows, right = [] }: Table, column: number): boolean {
  if (right.includes(header[column] as string)) return true;
  const cells = rows.map((row) => row[column]).filter((cell) => cell !== undefined);
  return cells.length > 0 && cells.every((cell) => typeof cell === "number");
}

/** Columns of a terminal that a text takes: characters, wide ones of East Asia counted twice. */
function width(text: string): number {
  let columns = 0;
  for (const character of text.replace(/\p{M}/gu, ""))
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
