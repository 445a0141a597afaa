/** Rows of runs with each run's parts below it. */
import type { RunRow } from "./runRow.js";

/**
 * In the order of `rows`, but parts stand behind their whole, the oldest first, with their `depth` from 1. A part whose
 * whole is not among the rows stands alone.
 */
export function nestedRows(rows: readonly RunRow[]): RunRow[] {
  const ids = new Set(rows.map(({ id }) => id));
  const isPart = ({ parent, id }: RunRow) => parent !== undefined && parent !== id && ids.has(parent);
  const parts = new Map<string, RunRow[]>();
  for (const row of rows.filter(isPart))
    parts.set(row.parent as string, [...(parts.get(row.parent as string) ?? []), row]);
  if (parts.size === 0) return [...rows];
  const placed = new Set<RunRow>();
  const withParts = (row: RunRow, depth: number): RunRow[] => {
    if (placed.has(row)) return []; // files edited by hand may name each other
    placed.add(row);
    const below = (parts.get(row.id) ?? []).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    return [depth > 0 ? { ...row, depth } : row, ...below.flatMap((part) => withParts(part, depth + 1))];
  };
  const wholes = rows.filter((row) => !isPart(row)).flatMap((row) => withParts(row, 0));
  return [...wholes, ...rows.filter((row) => !placed.has(row))];
}

/** A run's name as tables show it: a part's is indented. */
export function indentedName({ name, depth = 0 }: Pick<RunRow, "name" | "depth">): string {
  // Blanks that HTML keeps.
  return depth === 0 ? name : `${"\u00a0\u00a0".repeat(depth - 1)}└\u00a0${name}`;
}
