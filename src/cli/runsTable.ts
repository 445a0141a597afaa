/** The table of runs as a terminal shows it: as many columns as fit, the telling ones first. */

import { type Table, textTable } from "../base/table.js";
import type { RunRow } from "../track/index.js";
import {
  factColumns as facts,
  type RunColumn,
  runColumns,
  tableOfColumns,
} from "../track/query/runColumns.js";
import { fittingTable, shortened, textWithLeftOut } from "./fittingTable.js";

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
  const order = defaultColumns(rows, known);
  const [metric] = order.filter((column) => !(column in facts));
  const first = ["run", "id", "status", ...(metric === undefined ? [] : [metric])];
  const table = fittingTable(tableOf(rows, known, order), { width, first });
  return textWithLeftOut(table, {
    names: [...known.keys()],
    hint: "--columns LIST shows those named",
    width,
  });
}

/** Facts, metrics of epochs, then of the configuration what differs between the runs. */
function defaultColumns(rows: readonly RunRow[], known: ReadonlyMap<string, RunColumn>): string[] {
  const metrics = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    // One that is called as a fact is asked for as metrics.NAME.
    (metric) => !metric.includes("/") && !(metric in facts),
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
