/** The points of series as a page asks for them: as many as its pixels can show, more where it looks closer. */

import type { RunData } from "../../track/runData.js";
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import type { BoardData } from "../content.js";
import { keepExtremes } from "../downsample.js";
import { positions, startOf } from "../series.js";
import { type ThinnedSeries, thinnedAt } from "../thin.js";
import type { SeriesAnswer, SeriesQuestion } from "./pageSource.js";

/** Of what lies before and after the range: smoothing begins there, and lines reach the chart's edges. */
const outside = 60;

export function seriesAnswer({ runs }: BoardData, question: SeriesQuestion): SeriesAnswer[] {
  const byLabel = new Map(runs.map(({ label, data }) => [label, data]));
  return question.tags.flatMap((tag) =>
    question.runs.flatMap((run) => {
      const data = byLabel.get(run);
      const found = data?.scalars.get(tag);
      if (!data || !found || found.values.length === 0) return [];
      return [{ run, tag, series: part(data, found, question) }];
    }),
  );
}

/** Of a series that is kept while its run does not change: what the last questions made of it. */
interface Made {
  readonly whole: ThinnedSeries;
  readonly thinned: Map<string, ThinnedSeries>;
}

const made = new WeakMap<ThinnedSeries, Made>();
const mostKept = 3;

function part(run: RunData, found: ThinnedSeries, { x, range, points }: SeriesQuestion): ThinnedSeries {
  let known = made.get(found);
  if (!known) {
    known = { whole: withoutOverwritten(found), thinned: new Map() };
    made.set(found, known);
  }
  const { whole, thinned } = known;
  // It comes thinned already: then nothing finer is there.
  if (whole.counts !== undefined) return whole;
  const key = `${x} ${points} ${range?.join(" ") ?? ""}`;
  const before = thinned.get(key);
  if (before) return before;
  const axis = positions(whole, x, startOf(run));
  const kept = range
    ? around(axis, whole.values, { range, points })
    : keepExtremes(axis, whole.values, points);
  const answer = kept.length === whole.values.length ? whole : thinnedAt(whole, kept);
  if (thinned.size >= mostKept) thinned.delete(thinned.keys().next().value as string);
  thinned.set(key, answer);
  return answer;
}

/** Indices, rising: few before the range, at most `points` within, few after it. */
function around(
  axis: Float64Array,
  values: Float64Array,
  { range, points }: { range: readonly [number, number]; points: number },
): number[] {
  const [first, end] = stretch(axis, range);
  const keep = (from: number, to: number, budget: number) =>
    keepExtremes(axis.subarray(from, to), values.subarray(from, to), budget).map((i) => i + from);
  return [...keep(0, first, outside), ...keep(first, end, points), ...keep(end, axis.length, outside)];
}

/** From the first to behind the last point within the range. Where time goes backwards, others lie between them. */
function stretch(axis: Float64Array, [from, to]: readonly [number, number]): [number, number] {
  let first = -1;
  let last = -1;
  for (let i = 0; i < axis.length; i++) {
    const at = axis[i] as number;
    if (at < from || at > to) continue;
    if (first < 0) first = i;
    last = i;
  }
  if (first >= 0) return [first, last + 1];
  const next = axis.findIndex((at) => at > to);
  const place = next < 0 ? axis.length : next;
  return [place, place];
}
