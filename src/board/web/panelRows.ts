/** The data of a chart of Vega's as rows of one table. */
import type { Spec } from "../inlineData.js";

export interface PanelRows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * Every row that the specification carries, with the columns of all. Where its parts have data of their own, the first
 * column counts the parts from 1.
 */
export function panelRows(spec: Spec): PanelRows {
  const parts = dataOf(spec).filter((rows) => rows.some((row) => Object.keys(row).length > 0));
  const columns = [...new Set(parts.flatMap((rows) => rows.flatMap((row) => Object.keys(row))))];
  const counted = parts.length > 1;
  return {
    header: counted ? ["part", ...columns] : columns,
    rows: parts.flatMap((rows, part) =>
      rows.map((row) => [...(counted ? [part + 1] : []), ...columns.map((column) => cellOf(row[column]))]),
    ),
  };
}

function dataOf(part: unknown): Spec[][] {
  if (Array.isArray(part)) return part.flatMap(dataOf);
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    const values = key === "data" ? (value as { values?: unknown } | null)?.values : undefined;
    return Array.isArray(values) ? [values.filter(isRow)] : dataOf(value);
  });
}

function isRow(row: unknown): row is Spec {
  return typeof row === "object" && row !== null;
}

function cellOf(value: unknown): string | number {
  if (typeof value === "number" || typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
