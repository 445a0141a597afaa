/** Data inside a spec, as compact as Vega-Lite allows: comma-separated text, about a third of the size of objects. */

export type Spec = Record<string, unknown>;

/** A cell of a row: numbers that are not finite become empty, which Vega reads as null. */
export type Cell = number | string;

/**
 * @param columns name → `number` or `string`.
 * @example inlineData({ x: "number", run: "string" }, [[0, "a"]])
 */
export function inlineData(
  columns: Readonly<Record<string, "number" | "string">>,
  rows: Iterable<readonly Cell[]>,
): Spec {
  const lines = [Object.keys(columns).join(",")];
  for (const row of rows) lines.push(row.map(written).join(","));
  return { values: lines.join("\n"), format: { type: "csv", parse: columns } };
}

function written(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? short(cell) : "";
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Seven digits: what TensorBoard's float32 holds. Larger integers, such as steps, stay exact. */
export function short(value: number): string {
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(7)));
}

/** A Vega expression that picks from a list by a field: `["a","b"][datum.run]`. Text is quoted, so any name is safe. */
export function pick(list: readonly (string | number)[], field: string): string {
  return `${expressionList(list)}[datum.${field}]`;
}

export function expressionList(list: readonly (string | number)[]): string {
  return `[${list.map((item) => (typeof item === "string" ? quoted(item) : String(item))).join(",")}]`;
}

/** As a string literal of Vega's expression language, which is JavaScript's without line separators. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
