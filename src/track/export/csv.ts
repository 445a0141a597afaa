/**
 * Runs as comma-separated values (RFC 4180: CRLF, quotes doubled), in UTF-8.
 *
 * Long: a line for each point. Wide: a line for each step of a run with a column for each tag; where a tag has several
 * values at one step, as after a resumption, a further line. An empty cell is no value; NaN is `NaN`.
 */
import { csvCell } from "../../base/csvCell.js";
import { exactNumber } from "./exactNumber.js";
import type { ExportedRun } from "./exportedRun.js";

export interface CsvOptions {
  readonly wide?: boolean;
  /** Texts that begin as a formula of a spreadsheet does are left so; else a `'` is put before them. */
  readonly raw?: boolean;
}

/** Lines are given out in pieces of about this many characters. */
const pieceSize = 2 ** 18;

export function* csv(
  runs: readonly ExportedRun[],
  { wide = false, raw = false }: CsvOptions,
): Generator<string> {
  let piece = "";
  for (const cells of wide ? wideLines(runs, raw) : longLines(runs, raw)) {
    piece += `${cells.join(",")}\r\n`;
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function* longLines(runs: readonly ExportedRun[], raw: boolean): Generator<readonly string[]> {
  yield ["run", "id", "tag", "step", "wallTime", "value"];
  for (const { row, scalars } of runs) {
    const [name, id] = [csvCell(row.name, { raw }), csvCell(row.id, { raw })];
    for (const [tag, { steps, values, wallTimes }] of scalars) {
      const before = [name, id, csvCell(tag, { raw })];
      for (let i = 0; i < values.length; i++)
        yield [...before, exactNumber(steps[i]!), exactNumber(wallTimes[i]!), exactNumber(values[i]!)];
    }
  }
}

const fixed = ["run", "id", "step", "wallTime"];

function* wideLines(runs: readonly ExportedRun[], raw: boolean): Generator<readonly string[]> {
  const tags = [...new Set(runs.flatMap(({ scalars }) => [...scalars.keys()]))];
  // A tag called as one of the first columns is told from it.
  yield [...fixed, ...tags.map((tag) => csvCell(fixed.includes(tag) ? `tag:${tag}` : tag, { raw }))];
  for (const run of runs) {
    const before = [csvCell(run.row.name, { raw }), csvCell(run.row.id, { raw })];
    for (const [step, lines] of stepsOf(run, tags))
      for (const { wallTime, cells } of lines)
        yield [...before, exactNumber(step), exactNumber(wallTime), ...tags.map((_, i) => cells[i] ?? "")];
  }
}

interface Line {
  /** Of the first of its values. */
  readonly wallTime: number;
  readonly cells: string[];
}

/** Steps in their order. */
function stepsOf({ scalars }: ExportedRun, tags: readonly string[]): [number, Line[]][] {
  const steps = new Map<number, Line[]>();
  for (const [column, tag] of tags.entries()) {
    const series = scalars.get(tag);
    const seen = new Map<number, number>();
    for (let i = 0; series && i < series.values.length; i++) {
      const step = series.steps[i]!;
      const lines = steps.get(step) ?? [];
      steps.set(step, lines);
      const nth = seen.get(step) ?? 0;
      seen.set(step, nth + 1);
      lines[nth] ??= { wallTime: series.wallTimes[i]!, cells: [] };
      lines[nth].cells[column] = exactNumber(series.values[i]!);
    }
  }
  return [...steps].sort(([a], [b]) => a - b);
}
