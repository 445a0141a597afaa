/** Which runs reached the best value of a metric. */

import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { type Direction, directionOf, isBetter } from "../base/metric.js";
import { nearestName } from "../base/nearestName.js";
import { htmlTable, type Table, textTable } from "../base/table.js";
import { differingSettings } from "./differingSettings.js";
import { findRuns } from "./findRuns.js";
import { summedScalars } from "./foreign/usualNames.js";
import { metricOf } from "./metricOf.js";
import { readRun } from "./runReader.js";
import { type RunRow, readRow } from "./runRow.js";
import { summarisedRun } from "./summarisedRun.js";
import { withoutOverwritten } from "./withoutOverwritten.js";

export interface BestRunsOptions {
  /** Names, ids, groups, folders or patterns with `*`; all runs without. A sweep's name is its trials' group. */
  readonly runs?: string | readonly string[];
  /** Which way is better; known for losses, accuracies and errors. */
  readonly direction?: Direction;
  /** How many at most, ≥ 1. Default 5. */
  readonly top?: number;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
}

/** A run, and the best it reached. */
export interface BestRun {
  readonly run: RunRow;
  readonly value: number;
  /** Where it was reached first: an epoch from 1, or the step under which the value was logged. */
  readonly step: number;
}

/** The best first. Shows itself as a table. */
export class BestRuns implements Iterable<BestRun> {
  constructor(
    readonly metric: string,
    readonly direction: Direction,
    readonly rows: readonly BestRun[],
  ) {}

  [Symbol.iterator](): Iterator<BestRun> {
    return this.rows[Symbol.iterator]();
  }

  toJSON(): object {
    return { metric: this.metric, direction: this.direction, rows: this.rows };
  }

  toString(): string {
    return textTable(bestTable(this));
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": htmlTable(bestTable(this)) };
  }
}

inspectInstances(BestRuns, String, ({ metric, rows }) => `the best ${rows.length} by ${metric}`);

/**
 * The runs that reached the best value of a metric, over all of their epochs or steps. What a resumed run has written over, by
 * logging an earlier step again, does not count.
 *
 * @param metric `valAccuracy` of `epoch/valAccuracy`, or a whole tag such as `train/loss`.
 * @example bestRuns("valAccuracy", { runs: "mnist-mlp", top: 3 }).rows[0]?.run.config;
 * @throws RangeError if no run measured it (with the nearest name), a run named is unknown, or which way is better
 *   is not known.
 */
export function bestRuns(metric: string, options: BestRunsOptions = {}): BestRuns {
  const { top = 5 } = options;
  if (!Number.isSafeInteger(top) || top < 1)
    throw new RangeError(`the best runs need top to be a whole number of at least 1; it was given ${top}`);
  const dirs = findRuns(options.runs ?? [], options.dir === undefined ? {} : { dir: options.dir });
  const measured = new Set<string>();
  const candidates = dirs.flatMap((dir) => {
    const entries = Object.entries(summarisedRun(dir).record.summary);
    for (const [tag] of entries) measured.add(metricOf(tag));
    const [tag, summary] = entries.find(([tag]) => metricOf(tag) === metric) ?? [];
    return tag === undefined || summary === undefined ? [] : [{ dir, tag, summary }];
  });
  if (candidates.length === 0) throw notMeasured(metric, measured);
  const direction = directionOf(metric, options.direction);
  const ranked = candidates
    .map(({ dir, tag, summary }) => ({ dir, tag, value: summary[direction] }))
    .filter((entry): entry is { dir: string; tag: string; value: number } => entry.value !== undefined)
    .sort((a, b) => (isBetter(a.value, b.value, direction) ? -1 : a.value === b.value ? 0 : 1));
  const rows = ranked
    .slice(0, top)
    .map(({ dir, tag, value }) => ({ run: readRow(dir), value, step: stepOf(dir, tag, value) }));
  return new BestRuns(metric, direction, rows);
}

function stepOf(dir: string, tag: string, value: number): number {
  const found = summedScalars(readRun(dir)).get(tag);
  if (!found) return Number.NaN;
  const { steps, values } = withoutOverwritten(found);
  return steps[values.indexOf(value)] ?? Number.NaN;
}

function notMeasured(metric: string, measured: ReadonlySet<string>): RangeError {
  const near = nearestName(metric, [...measured]);
  const plain = [...measured].filter((name) => !name.includes("/"));
  const found = measured.size === 0 ? "none measured anything" : `measured were ${plain.join(", ")}`;
  return new RangeError(
    `the best runs need a metric that a run measured; it was given "${metric}"${near === undefined ? `: ${found}` : `. Did you mean ${near}?`}`,
  );
}

/** Of the configuration what differs between the rows. */
export function bestTable({ metric, rows }: BestRuns): Table {
  const header = ["run", "id", metric, "at", "status"];
  const settings = differingSettings(
    rows.map(({ run }) => run),
    header,
  );
  return {
    header: [...header, ...settings.header],
    rows: rows.map(({ run, value, step }, index) => [
      run.name,
      run.id,
      value,
      step,
      run.status,
      ...(settings.rows[index] ?? []),
    ]),
  };
}
