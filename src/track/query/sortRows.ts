/** Puts runs in order. */
import type { RunRow } from "../runRow.js";
import { type FieldValue, fieldOf, isField, nearestFields } from "./fields.js";

/** One key to sort by, and which way. */
interface SortKey {
  readonly field: string;
  readonly sign: 1 | -1;
}

/**
 * Sorted by the first key, where that is equal by the second, and so on. Runs without a value come last, whatever the
 * direction, and so do NaN; what no key tells apart keeps its order.
 *
 * @param by keys with commas between them, or a list of keys taken as they are; with `-` before a key the largest first
 * @throws RangeError with the nearest names for a key that no run has.
 * @example sortedRows(rows, "-valAccuracy,duration")
 */
export function sortedRows(rows: readonly RunRow[], by: string | readonly string[]): RunRow[] {
  const keys = (typeof by === "string" ? keysIn(by, rows) : by).map((key) => sortKey(key, rows));
  const values = new Map(rows.map((row) => [row, keys.map(({ field }) => comparable(fieldOf(row, field)))]));
  return [...rows].sort((a, b) => {
    const [ofA, ofB] = [values.get(a) ?? [], values.get(b) ?? []];
    for (const [i, { sign }] of keys.entries()) {
      const order = compare(ofA[i], ofB[i], sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** A key that has a comma itself, as some tags do, is one key. */
function keysIn(by: string, rows: readonly RunRow[]): string[] {
  return isField(rows, by.replace(/^-/, "")) ? [by] : by.split(",").map((key) => key.trim());
}

function sortKey(key: string, rows: readonly RunRow[]): SortKey {
  const isDescending = key.startsWith("-");
  const field = isDescending ? key.slice(1) : key;
  if (rows.length > 0 && !isField(rows, field))
    throw new RangeError(
      `sort runs: the key must be a metric or a configuration key of a run; got ${JSON.stringify(field)}; ${nearestFields(rows, field)}`,
    );
  return { field, sign: isDescending ? -1 : 1 };
}

function comparable(value: FieldValue): string | number | undefined {
  if (typeof value === "boolean") return Number(value);
  return Array.isArray(value) ? value.join(",") : (value as string | number | undefined);
}

/** Numbers come before texts. */
function compare(a: string | number | undefined, b: string | number | undefined, sign: 1 | -1): number {
  const missing = (value: string | number | undefined) => value === undefined || Number.isNaN(value);
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  if (typeof a !== typeof b) return typeof a === "number" ? -sign : sign;
  return a! < b! ? -sign : a! > b! ? sign : 0;
}
