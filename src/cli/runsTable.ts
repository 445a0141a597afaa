/** The table of runs as a terminal shows it: as many columns as fit, the telling ones first. */

import { nearestNames } from "../base/nearestName.js";
import { type Table, type TableCell, textTable } from "../base/table.js";
import type { RunRow } from "../track/index.js";
import { runSettings } from "../track/runSettings.js";

/** What each run has beside metrics and configuration. */
const facts: Readonly<Record<string, (row: RunRow) => TableCell>> = {
  run: ({ name }) => shortName(name),
  id: ({ id }) => id,
  status: ({ status }) => status,
  started: ({ createdAt }) => createdAt.slice(0, 16).replace("T", " "),
  seconds: ({ duration }) => Math.round(duration * 10) / 10,
};

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
 * @throws RangeError for a column that no run has.
 */
export function runsTable(rows: readonly RunRow[], { width, columns }: RunsTableOptions): string {
  const known = columnsOf(rows);
  if (columns) {
    const unknown = columns.find((column) => !known.has(column));
    if (unknown !== undefined) throw new RangeError(unknownColumn(unknown, [...known.keys()]));
    return textTable(tableOf(rows, known, columns));
  }
  const shown = fitting(rows, known, width);
  const hidden = [...known.keys()].filter((column) => !shown.includes(column));
  const text = textTable(tableOf(rows, known, shown));
  return hidden.length === 0 ? text : `${text}\n\n${hiddenLine(hidden, width)}`;
}

function unknownColumn(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known);
  const hint =
    near.length > 0
      ? `the nearest are ${near.join(", ")}`
      : `${Object.keys(facts).join(", ")} are always there`;
  return `the table of runs has ${known.length} columns, but none is ${JSON.stringify(name)}; ${hint}`;
}

/** In order of what they tell columns are taken while there is room; they stand in the order of the table. */
function fitting(rows: readonly RunRow[], known: ReadonlyMap<string, Column>, width: number): string[] {
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

type Column = (row: RunRow) => TableCell;

function columnsOf(rows: readonly RunRow[]): Map<string, Column> {
  const metrics = new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)));
  const configs = new Map(rows.map((row) => [row, runSettings(row)]));
  const keys = new Set([...configs.values()].flatMap((config) => [...config.keys()]));
  return new Map<string, Column>([
    // A metric of the same name as a configuration key goes before it.
    ...[...keys].map((key): [string, Column] => [key, (row) => cell(configs.get(row)?.get(key))]),
    ...[...metrics].map((metric): [string, Column] => [metric, (row) => row.metrics[metric]]),
    ...Object.entries(facts),
  ]);
}

/** Facts, metrics of epochs, then of the configuration what differs between the runs. */
function defaultColumns(rows: readonly RunRow[], known: ReadonlyMap<string, Column>): string[] {
  const metrics = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (metric) => !metric.includes("/"),
  );
  const rank = (metric: string) => (tellingMetrics.indexOf(metric) + 1 || tellingMetrics.length + 1) - 1;
  const differing = [...known].filter(
    ([name, column]) =>
      !(name in facts) &&
      !metrics.includes(name) &&
      !name.includes("/") &&
      new Set(rows.map(column)).size > 1,
  );
  return [
    ...Object.keys(facts),
    ...metrics.sort((a, b) => rank(a) - rank(b)),
    ...differing.map(([name]) => name),
  ];
}

function tableOf(
  rows: readonly RunRow[],
  known: ReadonlyMap<string, Column>,
  columns: readonly string[],
): Table {
  return {
    header: columns,
    rows: rows.map((row) => columns.map((column) => known.get(column)?.(row))),
  };
}

function hiddenLine(hidden: readonly string[], width: number): string {
  const line = `${hidden.length} more column${hidden.length === 1 ? "" : "s"} (--columns LIST shows those named): ${hidden.join(", ")}`;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

function cell(value: number | string | undefined): TableCell {
  return typeof value === "string" && value.length > 28 ? `${value.slice(0, 27)}…` : value;
}
