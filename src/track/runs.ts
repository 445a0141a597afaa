/** A table of runs: what was tried, how it ended, what came out. */

import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { htmlTable, type Table, type TableCell, textTable } from "../base/table.js";
import { tags } from "../base/tags.js";
import { differingSettings } from "./differingSettings.js";
import { findRuns } from "./findRuns.js";
import { hparamsOf } from "./hparams.js";
import { fromJsonNumber } from "./jsonValue.js";
import type { JsonValue, RunRecord, RunStatus } from "./runRecord.js";
import { summarisedRun } from "./summarisedRun.js";

export interface RunRow {
  readonly dir: string;
  readonly id: string;
  readonly name: string;
  readonly group: string | undefined;
  readonly tags: readonly string[];
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Seconds in which it was trained, to its end or its last sign of life; pauses before it was resumed count for nothing. */
  readonly duration: number;
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Last value of each series; `epoch/valLoss` is called `valLoss`, others by their tag. */
  readonly metrics: Readonly<Record<string, number>>;
  /** How many epochs were finished; undefined if none was. */
  readonly epochs?: number;
}

export interface RunsOptions {
  /** Names, ids, groups, folders or patterns with `*`; all runs without. */
  readonly runs?: string | readonly string[];
  readonly where?: (run: RunRow) => boolean;
  /** A metric or a configuration key, `name`, `status`, `createdAt` or `duration`; with `-` before it, largest first. */
  readonly sort?: string;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
}

/** Rows in order; shows itself as a table in a notebook. */
export class RunTable implements Iterable<RunRow> {
  constructor(readonly rows: readonly RunRow[]) {}

  [Symbol.iterator](): Iterator<RunRow> {
    return this.rows[Symbol.iterator]();
  }

  toJSON(): readonly RunRow[] {
    return this.rows;
  }

  toString(): string {
    return this.rows.length === 0 ? "no runs yet" : textTable(table(this.rows));
  }

  toMimeBundle(): MimeBundle {
    const html = this.rows.length === 0 ? "<p>no runs yet</p>" : htmlTable(table(this.rows));
    return { "text/plain": this.toString(), "text/html": html };
  }
}

inspectInstances(RunTable, String, ({ rows }) => `${rows.length} run${rows.length === 1 ? "" : "s"}`);

/**
 * The runs on disk, oldest first unless sorted otherwise.
 *
 * @example
 * runs({ where: (run) => run.metrics.valAccuracy > 0.97, sort: "-valAccuracy" });
 *
 * Throws a `RangeError` if a run named, or the key to sort by, is unknown.
 */
export function runs(options: RunsOptions = {}): RunTable {
  const dirs = findRuns(options.runs ?? [], options.dir === undefined ? {} : { dir: options.dir });
  const rows = dirs.map(readRow).filter(options.where ?? (() => true));
  return new RunTable(options.sort === undefined ? rows : sortedRows(rows, options.sort));
}

export function readRow(dir: string): RunRow {
  const { record, status, seconds } = summarisedRun(dir);
  return {
    dir,
    id: record.id,
    name: record.name,
    group: record.group,
    tags: record.tags,
    status,
    createdAt: record.createdAt,
    duration: seconds,
    config: record.config,
    metrics: metricsOf(record),
    ...epochsOf(record),
  };
}

/** `epoch/valLoss` is called `valLoss`, others by their tag. */
export function metricOf(tag: string): string {
  return tag.startsWith("epoch/") ? tag.slice("epoch/".length) : tag;
}

function epochsOf({ summary }: RunRecord): { readonly epochs?: number } {
  const last = summary[tags.epoch("loss")];
  return last === undefined ? {} : { epochs: last.step };
}

function metricsOf(record: RunRecord): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [tag, { last }] of Object.entries(record.summary)) {
    metrics[metricOf(tag)] = fromJsonNumber(last);
  }
  return metrics;
}

/** @throws RangeError if no row has the key, which may have `-` before it. */
export function sortedRows(rows: readonly RunRow[], by: string): RunRow[] {
  const sign = by.startsWith("-") ? -1 : 1;
  const key = sign < 0 ? by.slice(1) : by;
  const values = new Map(rows.map((row) => [row, sortValue(row, key)]));
  if (rows.length > 0 && [...values.values()].every((value) => value === undefined)) {
    throw new RangeError(
      `sort runs: the key must be a metric or a configuration key of a run; got ${JSON.stringify(key)}`,
    );
  }
  return [...rows].sort((a, b) => compare(values.get(a), values.get(b), sign));
}

function sortValue(row: RunRow, key: string): TableCell {
  if (key === "name" || key === "status" || key === "createdAt" || key === "duration") return row[key];
  const value = row.metrics[key] ?? hparamsOf(row.config).get(key);
  return typeof value === "boolean" ? Number(value) : value;
}

/** Runs without the value come last, whatever the direction; so do NaN. */
function compare(a: TableCell, b: TableCell, sign: number): number {
  const missing = (value: TableCell) => value === undefined || Number.isNaN(value);
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  return a! < b! ? -sign : a! > b! ? sign : 0;
}

/** Epoch metrics, and of the configuration what differs between the rows. */
function table(rows: readonly RunRow[]): Table {
  const metrics = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (key) => !key.includes("/"),
  );
  const settings = differingSettings(rows);
  return {
    header: ["run", "id", "status", "started", "seconds", ...metrics, ...settings.header],
    rows: rows.map((row, i) => [
      row.name,
      row.id,
      row.status,
      row.createdAt.slice(0, 19).replace("T", " "),
      Math.round(row.duration * 10) / 10,
      ...metrics.map((key) => row.metrics[key]),
      ...(settings.rows[i] ?? []),
    ]),
  };
}
