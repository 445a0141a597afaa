/**
 * Runs as one JSON document: `{ schemaVersion, runs: [{ name, …, config, metrics, scalars, histograms, media: { texts,
 * tables, evaluations, prCurves, images, audio, figures }, artifacts }] }`; of media and artifacts what a run has.
 *
 * Numbers have all of their digits; NaN and infinities, which JSON cannot say, are the texts "NaN", "Infinity" and
 * "-Infinity", as in run.json. −0 is written `-0.0`, which JavaScript and Python read as such.
 */
import type { Histogram } from "../../base/histogram.js";
import type { HistogramPoint, ScalarSeries } from "../runData.js";
import { exactNumber } from "./exactNumber.js";
import type { ExportedRun } from "./exportedRun.js";
import type { FileSink } from "./fileSink.js";
import { artifactsJson, type MediaExport, mediaEntries } from "./jsonMedia.js";
import type { OnProblem } from "./unread.js";

const schemaVersion = 1;

export function* json(
  runs: readonly ExportedRun[],
  to: { readonly sink: FileSink; readonly onProblem: OnProblem },
): Generator<string> {
  yield `{"schemaVersion":${schemaVersion},"runs":[`;
  for (const [i, run] of runs.entries()) {
    if (i > 0) yield ",";
    yield* oneRun(run, { ...to, run: run.row.name });
  }
  yield "]}\n";
}

function* oneRun(run: ExportedRun, to: MediaExport): Generator<string> {
  const { data, row, scalars, histograms, media, artifacts } = run;
  const { notes, git, environment, code, model } = data.record;
  const { dir: _, metrics, artifacts: listed, ...facts } = row;
  const head = JSON.stringify({ ...facts, notes, git, environment, code, model });
  const values = Object.entries(metrics).map(([name, value]) => `${JSON.stringify(name)}:${number(value)}`);
  yield `${head.slice(0, -1)},"metrics":{${values.join(",")}},"scalars":{`;
  yield* entries(scalars, scalarText);
  yield `},"histograms":{`;
  yield* entries(histograms, (points) => `[${points.map(pointText).join(",")}]`);
  yield `},"media":{`;
  yield* mediaEntries(media, to);
  yield "}";
  // Where tags are chosen, artifacts are only listed.
  if (artifacts.length > 0) yield `,"artifacts":${artifactsJson(data.dir, artifacts, to)}`;
  else if (listed) yield `,"artifacts":${JSON.stringify(listed)}`;
  yield "}";
}

function* entries<T>(series: ReadonlyMap<string, T>, text: (one: T) => string): Generator<string> {
  let before = "";
  for (const [tag, one] of series) {
    yield `${before}${JSON.stringify(tag)}:${text(one)}`;
    before = ",";
  }
}

function scalarText({ steps, wallTimes, values }: ScalarSeries): string {
  return `{"steps":${numbers(steps)},"wallTimes":${numbers(wallTimes)},"values":${numbers(values)}}`;
}

function pointText({ step, wallTime, histogram }: HistogramPoint): string {
  return `{"step":${number(step)},"wallTime":${number(wallTime)},${histogramText(histogram)}}`;
}

function histogramText({ edges, counts, sampledFrom }: Histogram): string {
  const sample = sampledFrom === undefined ? "" : `,"sampledFrom":${sampledFrom}`;
  return `"edges":${numbers(edges)},"counts":${numbers(counts)}${sample}`;
}

function numbers(values: ArrayLike<number>): string {
  return `[${Array.from(values, number).join(",")}]`;
}

function number(value: number): string {
  return Number.isFinite(value) ? exactNumber(value) : `"${value}"`;
}
