/** A table of runs: what was tried, how it ended, what came out. */

import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { htmlTable, type Table, textTable } from "../base/table.js";
import { worstAlert } from "./alerts.js";
import { differingSettings } from "./differingSettings.js";
import { findRuns } from "./findRuns.js";
import { rowFilter } from "./query/rowFilter.js";
import { factColumns, tableOfColumns } from "./query/runColumns.js";
import { sortedRows } from "./query/sortRows.js";
import { RunReader } from "./runReader.js";
import { type RunRow, readRow } from "./runRow.js";

export interface RunsOptions {
  /** Names, ids, groups, folders or patterns with `*`; all runs without. */
  readonly runs?: string | readonly string[];
  /**
   * A function, or a filter: comparisons (`<` `<=` `>` `>=` `=` `!=`, `~` and `!~` for regular expressions) with `and`,
   * `or`, `not` and brackets. Fields are metrics, settings (`config.lr`, or `lr`), `name`, `id`, `status`, `group`, `tags`,
   * `notes`, `seed`, `started` (a time in UTC) and `duration` (seconds, or `5m`, `2h`).
   */
  readonly where?: string | ((run: RunRow) => boolean);
  /**
   * A metric or a configuration key, `name`, `status`, `createdAt` or `duration`; with `-` before it, largest first.
   * Several with commas between them, or as a list: the next one where the one before is equal.
   */
  readonly sort?: string | readonly string[];
  /** What the table shows of each run; unless given metrics of epochs, and settings in which the runs differ. */
  readonly columns?: readonly string[];
  /** As many rows at most, from the first; ≥ 1. */
  readonly limit?: number;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
}

/** Rows in order; shows itself as a table in a notebook. */
export class RunTable implements Iterable<RunRow> {
  readonly rows: readonly RunRow[];
  readonly #table: Table | undefined;

  /** @throws RangeError with the nearest names for a column that no run has. */
  constructor(rows: readonly RunRow[], columns?: readonly string[]) {
    this.rows = rows;
    this.#table = columns && rows.length > 0 ? tableOfColumns(rows, columns) : undefined;
  }

  [Symbol.iterator](): Iterator<RunRow> {
    return this.rows[Symbol.iterator]();
  }

  toJSON(): readonly RunRow[] {
    return this.rows;
  }

  toString(): string {
    return this.rows.length === 0 ? "no runs yet" : textTable(this.#table ?? table(this.rows));
  }

  toMimeBundle(): MimeBundle {
    const html = this.rows.length === 0 ? "<p>no runs yet</p>" : htmlTable(this.#table ?? table(this.rows));
    return { "text/plain": this.toString(), "text/html": html };
  }
}

inspectInstances(RunTable, String, ({ rows }) => `${rows.length} run${rows.length === 1 ? "" : "s"}`);

/**
 * The runs on disk, oldest first unless sorted otherwise.
 *
 * Throws a `RangeError` if a run named, a column, or a key to sort by, is unknown, or the limit is no whole number of at
 * least 1; a `SyntaxError` with the column for a filter that cannot be read, or asks for what no run has.
 *
 * @example
 * runs({ where: "valAccuracy > 0.97 and config.learningRate < 0.01", sort: "-valAccuracy,duration", limit: 10 });
 * @example
 * runs({ where: (run) => run.metrics.valAccuracy > 0.97 });
 */
export function runs(options: RunsOptions = {}): RunTable {
  return new RunTable(
    selectedRows(options, (dir) => readRow(dir)),
    options.columns,
  );
}

/**
 * The runs again and again: each call of the function that it returns gives them as they are then, and of runs that go on
 * reads only what was added.
 *
 * Throws as `runs` does, at each call.
 *
 * @example
 * const table = liveRuns({ where: "status = running" });
 * setInterval(() => console.log(String(table())), 2000);
 */
export function liveRuns(options: RunsOptions = {}): () => RunTable {
  const readers = new Map<string, RunReader>();
  const read = (dir: string) => {
    const reader = readers.get(dir) ?? new RunReader(dir);
    readers.set(dir, reader);
    return readRow(dir, reader);
  };
  return () => new RunTable(selectedRows(options, read), options.columns);
}

function selectedRows(options: RunsOptions, read: (dir: string) => RunRow): RunRow[] {
  const { where = () => true, sort, limit } = options;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1))
    throw new RangeError(`list runs: limit must be a whole number of at least 1; got ${limit}`);
  const all = findRuns(options.runs ?? [], options.dir === undefined ? {} : { dir: options.dir }).map(read);
  const rows = all.filter(typeof where === "string" ? rowFilter(where, all) : where);
  return (sort === undefined ? rows : sortedRows(rows, sort)).slice(0, limit);
}

/** Epoch metrics, and of the configuration what differs between the rows. */
function table(rows: readonly RunRow[]): Table {
  const metrics = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (key) => !key.includes("/"),
  );
  const texts = [...new Set(rows.flatMap(({ texts }) => Object.keys(texts ?? {})))];
  const alerts = rows.some((row) => row.alerts) ? ["alerts"] : [];
  const header = [...Object.keys(factColumns), ...metrics, ...texts, ...alerts];
  const settings = differingSettings(rows, header);
  return {
    header: [...header, ...settings.header],
    rows: rows.map((row, i) => [
      ...Object.values(factColumns).map((column) => column(row)),
      ...metrics.map((key) => row.metrics[key]),
      ...texts.map((key) => row.texts?.[key]),
      ...alerts.map(() => worstAlert(row.alerts)),
      ...(settings.rows[i] ?? []),
    ]),
  };
}
