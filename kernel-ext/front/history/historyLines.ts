/** A session's history as lines of JSON: one for each cell, one for each result that came later. */

export interface HistoryCell {
  /** Sessions are numbered from 1, over all kernels of this user. */
  readonly session: number;
  /** The execution count. */
  readonly number: number;
  readonly source: string;
  /** Text of the result, where there was one. */
  readonly output?: string;
}

export type HistoryLine =
  | { readonly cell: number; readonly source: string }
  | { readonly cell: number; readonly output: string };

export function formatLine(line: HistoryLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Reads what `formatLine` wrote. What cannot be read is left out and counted. */
export function parseLines(text: string, session: number): { cells: HistoryCell[]; spoiled: number } {
  const cells: HistoryCell[] = [];
  let spoiled = 0;
  for (const row of text.split("\n")) {
    if (row === "") continue;
    const line = parseLine(row);
    if (line && "source" in line) cells.push({ session, number: line.cell, source: line.source });
    else if (!line || !addOutput(cells, line.cell, line.output)) spoiled++;
  }
  return { cells, spoiled };
}

/** Gives the newest cell of that number its output. False when there is none. */
export function addOutput(cells: HistoryCell[], number: number, output: string): boolean {
  const at = cells.findLastIndex((cell) => cell.number === number);
  const cell = cells[at];
  if (cell) cells[at] = { ...cell, output };
  return cell !== undefined;
}

function parseLine(row: string): HistoryLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object") return undefined;
  const { cell, source, output } = value as Record<string, unknown>;
  if (typeof cell !== "number" || !Number.isSafeInteger(cell)) return undefined;
  if (typeof source === "string") return { cell, source };
  return typeof output === "string" ? { cell, output } : undefined;
}
