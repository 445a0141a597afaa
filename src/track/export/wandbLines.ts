/** Runs as the lines of JSON that `wandb_export.py` reads; NaN and infinities stand as Python's json reads them. */

import { metricOf } from "../metricOf.js";
import { exactNumber } from "./exactNumber.js";
import type { ExportedRun } from "./exportedRun.js";
import type { OnProblem } from "./unread.js";
import { wandbArtifacts, wandbMedia, wandbMediaTags } from "./wandbMedia.js";

/** Rows of one line. */
const rowsAtOnce = 500;

export function* wandbLines(runs: readonly ExportedRun[], onProblem: OnProblem): Generator<string> {
  for (const run of runs) {
    const names = stepNames(run);
    yield `${JSON.stringify({ run: head(run, names) })}\n`;
    let rows: string[] = [];
    for (const row of rowsOf(run, names)) {
      rows.push(row);
      if (rows.length < rowsAtOnce) continue;
      yield `{"rows":[${rows.join(",")}]}\n`;
      rows = [];
    }
    if (rows.length > 0) yield `{"rows":[${rows.join(",")}]}\n`;
    yield* histogramLines(run, names);
    yield* wandbMedia(run, { stepName: (tag) => stepOf(tag, names), onProblem });
    yield* wandbArtifacts(run, onProblem);
    yield `{"end":${object(ownNumbers(run))}}\n`;
  }
}

/** Numbers that a person set: those of series wandb sums up itself. */
function ownNumbers({ row, data }: ExportedRun): [string, number][] {
  const ofSeries = new Set([...data.scalars.keys()].map(metricOf));
  return Object.entries(row.metrics).filter(([name]) => !ofSeries.has(name));
}

/** The columns that hold the steps: by epoch, and all others. */
interface StepNames {
  readonly epoch: string;
  readonly step: string;
}

/** wandb draws a metric over the column that it is told. No tag may be called as one. */
function stepNames(run: ExportedRun): StepNames {
  const taken = new Set([...run.scalars.keys(), ...run.histograms.keys(), ...wandbMediaTags(run)]);
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { epoch: free("epoch"), step: free("step") };
}

function stepOf(tag: string, names: StepNames): string {
  return tag.startsWith("epoch/") ? names.epoch : names.step;
}

function head(run: ExportedRun, names: StepNames): object {
  const { row, data, scalars, histograms } = run;
  const { seed, status } = row;
  const tags = [...scalars.keys(), ...histograms.keys(), ...wandbMediaTags(run)];
  return {
    id: row.id,
    name: row.name,
    group: row.group ?? null,
    tags: row.tags,
    notes: data.record.notes,
    config: { ...row.config, ...(seed !== undefined && !("seed" in row.config) && { seed }) },
    failed: status === "failed" || status === "killed",
    metrics: Object.fromEntries(tags.map((tag) => [tag, stepOf(tag, names)])),
  };
}

interface Point {
  readonly tag: string;
  readonly step: number;
  readonly wallTime: number;
  readonly value: number;
}

/** What was logged at one moment under one step is one row. */
function* rowsOf({ scalars }: ExportedRun, names: StepNames): Generator<string> {
  const points: Point[] = [];
  for (const [tag, { steps, wallTimes, values }] of scalars)
    for (let i = 0; i < values.length; i++)
      points.push({ tag, step: steps[i]!, wallTime: wallTimes[i]!, value: values[i]! });
  points.sort((a, b) => a.wallTime - b.wallTime || a.step - b.step);
  let row = new Map<string, number>();
  let last: Point | undefined;
  for (const point of points) {
    const isSame =
      last && last.step === point.step && last.wallTime === point.wallTime && !row.has(point.tag);
    if (!isSame && row.size > 0) {
      yield object(row);
      row = new Map();
    }
    row
      .set("_timestamp", point.wallTime)
      .set(stepOf(point.tag, names), point.step)
      .set(point.tag, point.value);
    last = point;
  }
  if (row.size > 0) yield object(row);
}

function* histogramLines({ histograms }: ExportedRun, names: StepNames): Generator<string> {
  for (const [tag, points] of histograms) {
    for (const { step, wallTime, histogram } of points) {
      if (histogram.counts.length === 0) continue;
      const row = object([
        ["_timestamp", wallTime],
        [stepOf(tag, names), step],
      ]);
      const [counts, edges] = [list(histogram.counts), list(histogram.edges)];
      yield `{"histograms":[{"tag":${JSON.stringify(tag)},"row":${row},"counts":${counts},"edges":${edges}}]}\n`;
    }
  }
}

function object(entries: Iterable<readonly [string, number]>): string {
  return `{${Array.from(entries, ([name, value]) => `${JSON.stringify(name)}:${exactNumber(value)}`).join(",")}}`;
}

function list(values: ArrayLike<number>): string {
  return `[${Array.from(values, exactNumber).join(",")}]`;
}
