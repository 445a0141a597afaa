/** A session's history as lines of JSON: one for each cell. Results are not among them: they may hold secrets. */

export interface HistoryCell {
  /** Sessions are numbered from 1, over all kernels of this user. */
  readonly session: number;
  /** The execution count. */
  readonly number: number;
  readonly source: string;
  /** Text of the result, where there was one: known of the running session only. */
  readonly output?: string;
}

export interface HistoryLine {
  readonly cell: number;
  readonly source: string;
}

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
    if (line) cells.push({ session, number: line.cell, source: line.source });
    else spoiled++;
  }
  return { cells, spoiled };
}

function parseLine(row: string): HistoryLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object") return undefined;
  const { cell, source } = value as Record<string, unknown>;
  if (typeof cell !== "number" || !Number.isSafeInteger(cell)) return undefined;
  return typeof source === "string" ? { cell, source } : undefined;
}
