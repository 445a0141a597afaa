/** The columns that a table of runs can have. */
import { nearestNames } from "../../base/nearestName.js";
import type { Table, TableCell } from "../../base/table.js";
import { worstAlert } from "../alerts.js";
import { columnOfSetting } from "../differingSettings.js";
import { indentedName } from "../nestedRows.js";
import type { RunRow } from "../runRow.js";
import { runSettings } from "../runSettings.js";
import { fieldOf } from "./fields.js";

export type RunColumn = (row: RunRow) => TableCell;

/** What each run has beside metrics and configuration, as tables show it. */
export const factColumns: Readonly<Record<string, RunColumn>> = {
  run: indentedName,
  id: ({ id }) => id,
  status: ({ status }) => status,
  started: ({ createdAt }) => createdAt.slice(0, 19).replace("T", " "),
  seconds: ({ duration }) => Math.round(duration * 10) / 10,
};

/** Shown only when they are asked for. */
const otherFacts: Readonly<Record<string, RunColumn>> = {
  name: ({ name }) => name,
  group: ({ group }) => group,
  tags: ({ tags }) => tags.join(", "),
  notes: ({ notes }) => notes,
  seed: ({ seed }) => seed,
  createdAt: ({ createdAt }) => createdAt,
  duration: ({ duration }) => duration,
};

const alertColumn: RunColumn = ({ alerts }) => worstAlert(alerts);

/**
 * By name. A setting that is called as a metric, or as what every run has, is called `config.loss`; a metric of a name that
 * every run has stands behind that.
 */
export function runColumns(rows: readonly RunRow[]): Map<string, RunColumn> {
  const metrics = new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)));
  const texts = new Set(rows.flatMap(({ texts }) => Object.keys(texts ?? {})));
  const configs = new Map(rows.map((row) => [row, runSettings(row)]));
  const keys = new Set([...configs.values()].flatMap((config) => [...config.keys()]));
  const others = [...metrics, ...texts, ...Object.keys(factColumns), ...Object.keys(otherFacts)];
  return new Map<string, RunColumn>([
    ...[...keys].map((key): [string, RunColumn] => [
      columnOfSetting(key, others),
      (row) => configs.get(row)?.get(key),
    ]),
    ...(rows.some(({ alerts }) => alerts) ? [["alerts", alertColumn] as const] : []),
    ...[...texts].map((name): [string, RunColumn] => [name, (row) => row.texts?.[name]]),
    ...[...metrics].map((metric): [string, RunColumn] => [metric, (row) => row.metrics[metric]]),
    ...Object.entries(factColumns),
  ]);
}

/**
 * A table of just these columns, such as `run`, `valAccuracy`, `config.lr`.
 *
 * @throws RangeError with the nearest names for a column that no run has.
 */
export function tableOfColumns(rows: readonly RunRow[], names: readonly string[]): Table {
  const known = runColumns(rows);
  const columns = names.map((name) => columnCalled(name, { rows, known }));
  return { header: names, rows: rows.map((row) => columns.map((column) => column(row))) };
}

function columnCalled(
  name: string,
  { rows, known }: { readonly rows: readonly RunRow[]; readonly known: ReadonlyMap<string, RunColumn> },
): RunColumn {
  const column = known.get(name) ?? (Object.hasOwn(otherFacts, name) ? otherFacts[name] : undefined);
  if (column) return column;
  if (rows.some((row) => fieldOf(row, name) !== undefined)) return (row) => cell(fieldOf(row, name));
  const near = nearestNames(name, [...known.keys(), ...Object.keys(otherFacts)]);
  const hint =
    near.length > 0
      ? `the nearest are ${near.join(", ")}`
      : `${Object.keys(factColumns).join(", ")} are always there`;
  throw new RangeError(
    `the table of runs has ${known.size} columns, but none is ${JSON.stringify(name)}; ${hint}`,
  );
}

function cell(value: ReturnType<typeof fieldOf>): TableCell {
  if (typeof value === "boolean") return String(value);
  return Array.isArray(value) ? value.join(", ") : (value as TableCell);
}
