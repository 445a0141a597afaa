/** The page's tables as comma-separated values. */
import { csvCell } from "../../base/csvCell.js";

/** Of the cells that `csvCell` makes: no text is one that a spreadsheet would run. */
export function csvText(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const cell = (value: string | number) => (typeof value === "number" ? String(value) : csvCell(value));
  const lines = [header.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}
