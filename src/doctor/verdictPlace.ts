/** Where in a run's log a verdict shows: in which series, and when. */
import { tags as vocabulary } from "../base/tags.js";
import { loggedName, usualScalars } from "../track/foreign/usualNames.js";
import type { RunData, ScalarSeries } from "../track/index.js";
import type { Verdict } from "./verdict.js";

export interface VerdictPlace {
  /** The series of its evidence, by their names in the log, each once. */
  readonly tags: readonly string[];
  /** Of the step or the epoch at which it was seen first, in seconds since 1970. */
  readonly wallTime?: number;
}

/** @param run that the verdict is on. */
export function placeOfVerdict(run: RunData, verdict: Verdict): VerdictPlace {
  const series = usualScalars(run);
  const names = [...new Set(verdict.evidence.flatMap(({ tag }) => tag ?? []))].filter((tag) =>
    series.has(tag),
  );
  // A verdict by epochs may rest on evidence by steps, and the other way round.
  const wallTime = [...names, ...series.keys()]
    .map((tag) => timeIn(tag, series.get(tag) as ScalarSeries, verdict))
    .find((time) => time !== undefined);
  return {
    tags: [...new Set(names.map((tag) => loggedName(run.scalars, tag)))],
    ...(wallTime !== undefined && { wallTime }),
  };
}

function timeIn(tag: string, { steps, wallTimes }: ScalarSeries, verdict: Verdict): number | undefined {
  const wanted = tag.startsWith(vocabulary.epoch("")) ? verdict.epoch : verdict.step;
  if (wanted === undefined) return undefined;
  return wallTimes[steps.findIndex((step) => step >= wanted)];
}
