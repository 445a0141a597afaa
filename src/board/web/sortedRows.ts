/** The rows of a table in the order that a person chose. */
import type { Table, TableCell } from "../../base/table.js";

/** The direction as `aria-sort` names it. */
export interface RowOrder {
  readonly column: number;
  readonly direction: "ascending" | "descending";
}

/** After the head of a column is pressed: rising, then falling, then as the rows came. */
export function nextOrder(order: RowOrder | undefined, column: number): RowOrder | undefined {
  if (order?.column !== column) return { column, direction: "ascending" };
  return order.direction === "ascending" ? { column, direction: "descending" } : undefined;
}

/** Equal rows stay as they were; numbers stand before texts, empty cells and NaN last either way. */
export function sortedRows(rows: Table["rows"], order: RowOrder | undefined): Table["rows"] {
  if (!order) return rows;
  const { column, direction } = order;
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    const byKind = kindOf(a) - kindOf(b);
    return byKind !== 0 || kindOf(a) === 2 ? byKind : sign * compare(a, b);
  });
}

function kindOf(cell: TableCell): number {
  if (cell === undefined || cell === null || cell === "" || Number.isNaN(cell)) return 2;
  return typeof cell === "number" ? 0 : 1;
}

function compare(a: TableCell, b: TableCell): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -1 : 1;
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true });
}
