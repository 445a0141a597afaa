/** What a person sees of their runs at a glance: the newest first, not too many, and of a sweep one line. */
import { basename } from "node:path";
import { extremes } from "../base/extremes.js";
import type { MimeBundle } from "../base/host.js";
import { nestedRows } from "../track/nestedRows.js";
import { sortedRows } from "../track/query/sortRows.js";
import type { RunRow } from "../track/runRow.js";
import { RunTable } from "../track/runs.js";
import { findSweeps } from "./findSweeps.js";
import { readSweep, type SweepSummary } from "./readSweep.js";

export interface RunOverviewOptions {
  /** Each trial of a sweep has a line of its own. */
  readonly trials?: boolean;
  /** As many lines as there are; without, the first 30. */
  readonly all?: boolean;
  /** How many lines at most, in place of the 30; ≥ 1. */
  readonly limit?: number;
  /** As `runs` takes it; without, the newest first. */
  readonly sort?: string | readonly string[];
  /** As `runs` takes it. */
  readonly columns?: readonly string[];
}

const mostLines = 30;

/** A table of the lines that are shown, and below it what is not. */
export class RunOverview extends RunTable {
  /** @param notes a sentence for what is left out or stands together; none where every run is shown. */
  constructor(
    rows: readonly RunRow[],
    readonly notes: readonly string[],
    columns?: readonly string[],
  ) {
    super(rows, columns);
  }

  override toString(): string {
    return [super.toString(), ...this.notes].join("\n");
  }

  override toMimeBundle(): MimeBundle {
    const notes = this.notes.map((note) => `<p>${note}</p>`);
    return {
      "text/plain": this.toString(),
      "text/html": `${super.toMimeBundle()["text/html"]}${notes.join("")}`,
    };
  }
}

/**
 * The trials of a sweep stand as one line: the best one's, with the best value, from when the first began to when the
 * last ended. Those of a sweep whose folder is not found stand alone.
 *
 * @param table of `runs`, oldest first.
 * @throws RangeError if a key to sort by or a column is unknown, or the limit is no whole number of at least 1.
 * @example console.log(String(runOverview(runs())))
 */
export function runOverview(table: RunTable, options: RunOverviewOptions = {}): RunOverview {
  const folded = options.trials ? table.rows : withSweepsFolded(table.rows);
  const rows =
    options.sort === undefined ? nestedRows(folded.toReversed()) : sortedRows(folded, options.sort);
  const { limit = mostLines } = options;
  if (!(Number.isSafeInteger(limit) && limit >= 1))
    throw new RangeError(`list runs: limit must be a whole number of at least 1; got ${limit}`);
  const shown = options.all ? rows : rows.slice(0, limit);
  const hidden = rows.length - shown.length;
  const notes = [
    ...(folded.length < table.rows.length ? ["A sweep's trials are one line; --trials lists them."] : []),
    ...(hidden > 0 ? [`${hidden} more of ${rows.length} lines are left out; --all shows them.`] : []),
  ];
  return new RunOverview(shown, notes, options.columns);
}

/** Each sweep's line where its newest trial was. */
function withSweepsFolded(rows: readonly RunRow[]): readonly RunRow[] {
  const sweeps = sweepsOf(rows);
  const trials = new Map<SweepSummary, RunRow[]>();
  for (const row of rows) {
    const sweep = sweeps.get(basename(row.dir));
    if (sweep) trials.set(sweep, [...(trials.get(sweep) ?? []), row]);
  }
  const folded = new Set(
    [...trials.values()]
      .filter(({ length }) => length > 1)
      .flat()
      .map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    if (row.parent !== undefined && folded.has(row.parent)) {
      folded.add(row.id); // parts of parts are younger
      return [];
    }
    const sweep = sweeps.get(basename(row.dir));
    const together = sweep && trials.get(sweep);
    if (!sweep || !together || together.length < 2) return [row];
    return together.at(-1) === row ? [sweepRow(sweep, together)] : [];
  });
}

/** By the name of a trial's run folder, which no other run has: folders may have been moved together. */
function sweepsOf(rows: readonly RunRow[]): Map<string, SweepSummary> {
  const found = new Map<string, SweepSummary>();
  for (const group of new Set(rows.map(({ group }) => group))) {
    if (group === undefined) continue;
    for (const sweep of findSweeps(group).map(readSweep))
      for (const { runDir } of sweep.trials) if (runDir !== undefined) found.set(basename(runDir), sweep);
  }
  return found;
}

function sweepRow(sweep: SweepSummary, trials: readonly RunRow[]): RunRow {
  const { best } = sweep;
  const bestRow = trials.find(
    ({ dir }) => best?.runDir !== undefined && basename(best.runDir) === basename(dir),
  );
  const starts = trials.map(({ createdAt }) => Date.parse(createdAt));
  const ends = trials.map(({ duration }, i) => (starts[i] as number) + duration * 1000);
  const [first] = extremes(starts);
  const [, last] = extremes(ends);
  return {
    ...(bestRow ?? (trials.at(-1) as RunRow)),
    name: `${sweep.name} (${bestRow ? "best of " : ""}${trials.length}${bestRow ? "" : " trials"})`,
    ...(trials.some(({ status }) => status === "running") && { status: "running" as const }),
    createdAt: new Date(first).toISOString(),
    duration: (last - first) / 1000,
    ...(bestRow && best && { metrics: { ...bestRow.metrics, [sweep.metric ?? "value"]: best.value } }),
  };
}
