/** The table of runs as a terminal shows it: as many columns as fit, the telling ones first. */

import { type Table, type TableCell, textTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import type { RunRow } from "../track/index.js";
import {
  factColumns as facts,
  type RunColumn,
  runColumns,
  tableOfColumns,
} from "../track/query/runColumns.js";

/** What stands in brackets at its end, how many trials, is kept. */
function shortName(name: string): string {
  const [count = ""] = / \([^()]*\)$/.exec(name) ?? [];
  const most = 28 - count.length;
  const own = name.slice(0, name.length - count.length);
  return own.length > most ? `${own.slice(0, Math.max(most - 1, 1))}…${count}` : name;
}

/** Metrics in the order in which they tell how well a run went; others follow as they were logged. */
const tellingMetrics = ["valAccuracy", "valLoss", "accuracy", "loss"];

export interface RunsTableOptions {
  /** Characters a line may have. */
  readonly width: number;
  /** Show just these columns, however wide, instead of those that fit. */
  readonly columns?: readonly string[];
}

/**
 * The table, and a line that names the columns left out.
 *
 * @throws RangeError with the nearest names for a column that no run has.
 */
export function runsTable(rows: readonly RunRow[], { width, columns }: RunsTableOptions): string {
  if (columns) return textTable(shortened(tableOfColumns(rows, columns)));
  const known = runColumns(rows);
  const shown = fitting(rows, known, width);
  const hidden = [...known.keys()].filter((column) => !shown.includes(column));
  const text = textTable(tableOf(rows, known, shown));
  return hidden.length === 0 ? text : `${text}\n\n${hiddenLine(hidden, width)}`;
}

/** In order of what they tell columns are taken while there is room; they stand in the order of the table. */
function fitting(rows: readonly RunRow[], known: ReadonlyMap<string, RunColumn>, width: number): string[] {
  const order = defaultColumns(rows, known);
  const [metric] = order.filter((column) => !(column in facts));
  const first = ["run", "id", "status", ...(metric === undefined ? [] : [metric])];
  const taken = new Set<string>();
  for (const column of new Set([...first, ...order])) {
    const columns = order.filter((name) => name === column || taken.has(name));
    const [, rule = ""] = textTable(tableOf(rows, known, columns)).split("\n");
    if (rule.length <= width) taken.add(column);
  }
  return order.filter((column) => taken.has(column));
}

/** Facts, metrics of epochs, then of the configuration what differs between the runs. */
function defaultColumns(rows: readonly RunRow[], known: ReadonlyMap<string, RunColumn>): string[] {
  const metrics = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (metric) => !metric.includes("/"),
  );
  const rank = (metric: string) => (tellingMetrics.indexOf(metric) + 1 || tellingMetrics.length + 1) - 1;
  const differing = [...known].filter(
    ([name, column]) =>
      !(name in facts) &&
      !metrics.includes(name) &&
      !name.includes("/") &&
      // What calls for attention is shown though all runs have the same.
      (name === "alerts" || new Set(rows.map(column)).size > 1),
  );
  return [
    ...Object.keys(facts),
    ...metrics.sort((a, b) => rank(a) - rank(b)),
    ...differing.map(([name]) => name),
  ];
}

function tableOf(
  rows: readonly RunRow[],
  known: ReadonlyMap<string, RunColumn>,
  columns: readonly string[],
): Table {
  return shortened({
    header: columns,
    rows: rows.map((row) => columns.map((column) => known.get(column)?.(row))),
  });
}

/** Texts as a terminal has room for them; when a run began, to the minute. */
function shortened({ header, rows }: Table): Table {
  const short = (column: string | undefined, cell: TableCell): TableCell => {
    if (typeof cell !== "string") return cell;
    if (column === "started") return cell.slice(0, 16);
    return column === "run" ? shortName(cell) : shortText(cell);
  };
  return { header, rows: rows.map((row) => row.map((cell, i) => short(header[i], cell))) };
}

function hiddenLine(hidden: readonly string[], width: number): string {
  const line = `${hidden.length} more column${hidden.length === 1 ? "" : "s"} (--columns LIST shows those named): ${visibleControls(hidden.join(", "))}`;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

function shortText(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
