/**
 * A table: for TensorBoard its first rows as Markdown in the plugin `text`, for our readers all of it as JSON in a field
 * of ours.
 */
import { escapeHtml } from "../base/escapeHtml.js";
import { dataClass, value } from "./eventFields.js";
import { toJsonValue } from "./jsonValue.js";
import type { JsonValue } from "./runRecord.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";
import { textPlugin } from "./textEvent.js";

/** Numbers that JSON cannot hold are texts: "NaN", "Infinity", "-Infinity". */
export interface TableContent {
  readonly columns: readonly string[];
  /** Each as long as `columns`; what a row did not have is null. */
  readonly rows: readonly (readonly JsonValue[])[];
}

export type TableRows = readonly Readonly<Record<string, unknown>>[];

/** So many rows are shown by TensorBoard. */
const shownRows = 100;

/** @throws TypeError unless `rows` is a list of objects, RangeError if it has no row or no column. */
export function tableContent(rows: TableRows, what: string): TableContent {
  if (!Array.isArray(rows))
    throw new TypeError(`${what}: its rows must be a list of objects; got ${typeof rows}`);
  const columns = new Set<string>();
  rows.forEach((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new TypeError(
        `${what}: each row must be an object such as { digit: 3, loss: 0.1 }; row ${i} is ${Array.isArray(row) ? "a list" : row === null ? "null" : typeof row}`,
      );
    for (const name of Object.keys(row)) columns.add(name);
  });
  if (columns.size === 0)
    throw new RangeError(`${what}: it must have a row with a value; got ${rows.length} rows without columns`);
  const names = [...columns];
  return {
    columns: names,
    rows: (rows as TableRows).map((row) => names.map((name) => toJsonValue(row[name]))),
  };
}

export function tableEvent(tag: string, content: TableContent, time: EventTime): Buffer {
  const plugin = { name: textPlugin, content: new Uint8Array() };
  const strings = [Buffer.from(markdownTable(content), "utf8")];
  const own = { field: value.table, content: Buffer.from(JSON.stringify(content), "utf8") };
  return stringsEvent({ tag, plugin, dataClass: dataClass.tensor, strings, scalar: true, own }, time);
}

/** Its first rows. */
export function markdownTable({ columns, rows }: TableContent): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const shown = rows.slice(0, shownRows).map((row) => line(row.map(cell)));
  const rest = rows.length - shown.length;
  const head = [line(columns.map(cell)), line(columns.map(() => "---"))];
  return [...head, ...shown, ...(rest > 0 ? ["", `${rest} more rows`] : [])].join("\n");
}

/** Signs that Markdown would obey stand for themselves. */
function cell(content: JsonValue): string {
  const text =
    content === null ? "" : typeof content === "object" ? JSON.stringify(content) : String(content);
  return escapeHtml(text)
    .replace(/[\\`*_{}[\]()#+!|]/g, (sign, at: number, all: string) =>
      // The number sign of an entity such as &#39; is not Markdown's.
      sign === "#" && all[at - 1] === "&" ? sign : `\\${sign}`,
    )
    .replace(/\s+/g, " ");
}
