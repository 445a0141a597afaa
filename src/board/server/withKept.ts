/** A run as it was read before and as it is now: what has not changed stays the same object. */
import type { RunData, ScalarSeries } from "../../track/runData.js";
import type { FigurePoint } from "../../track/runMedia.js";
import type { RunRecord } from "../../track/runRecord.js";

/** `before` itself where nothing that a board shows has changed, else `fresh` with the series of before that did not grow. */
export function withKept(before: RunData, fresh: RunData): RunData {
  const system =
    fresh.system && keptEntries<ScalarSeries>(before.system ?? new Map(), fresh.system, pointsOf);
  const kept = {
    scalars: keptEntries(before.scalars, fresh.scalars, pointsOf),
    histograms: keptEntries(before.histograms, fresh.histograms, lengthOf),
    texts: keptEntries(before.texts, fresh.texts, lengthOf),
    images: keptEntries(before.images, fresh.images, lengthOf),
    audio: keptEntries(before.audio, fresh.audio, lengthOf),
    tables: keptEntries(before.tables, fresh.tables, lengthOf),
    evaluations: keptEntries(before.evaluations, fresh.evaluations, lengthOf),
    figures: keptEntries(before.figures, fresh.figures, figuresOf),
    prCurves: keptEntries(before.prCurves, fresh.prCurves, lengthOf),
    ...(system && { system }),
  };
  const same =
    Object.entries(kept).every(([name, map]) => before[name as keyof typeof kept] === map) &&
    (before.system === undefined) === (fresh.system === undefined) &&
    fresh.graph === before.graph &&
    fresh.status === before.status &&
    fresh.problems.length === before.problems.length &&
    saysTheSame(before.record, fresh.record);
  return same ? before : { ...fresh, ...kept };
}

const pointsOf = ({ values }: ScalarSeries) => values.length;
const lengthOf = (points: readonly unknown[]) => points.length;

/** A figure's picture comes after it, to its place. */
function figuresOf(points: readonly FigurePoint[]): number {
  return points.length + points.filter(({ picture }) => picture !== undefined).length;
}

/** But for the signs of life. A record is read anew only where its file has changed. */
function saysTheSame(before: RunRecord, fresh: RunRecord): boolean {
  const told = ({ heartbeat: _, ...said }: RunRecord) => JSON.stringify(said);
  return before === fresh || told(before) === told(fresh);
}

function keptEntries<T>(
  before: ReadonlyMap<string, T>,
  fresh: ReadonlyMap<string, T>,
  size: (item: T) => number,
): ReadonlyMap<string, T> {
  let changed = before.size !== fresh.size;
  const kept = new Map<string, T>();
  for (const [tag, item] of fresh) {
    const old = before.get(tag);
    const grew = old === undefined || size(old) !== size(item);
    changed ||= grew;
    kept.set(tag, grew ? item : old);
  }
  return changed ? kept : before;
}
