/** A run's scalars made ready to draw. */
import type { RunData, ScalarSeries } from "../track/runData.js";
import type { BoardMedia } from "./boardMedia.js";
import type { BoardVerdict } from "./verdicts.js";

export type XAxis = "step" | "relative" | "wall";

/** One run on a board: its data and the name it goes by there. */
export interface BoardRun {
  /** Unique on the board. */
  readonly label: string;
  readonly data: RunData;
  /** What was asked for beside numbers. */
  readonly media?: BoardMedia;
  /** What the doctor says of it, if anything. */
  readonly verdicts?: readonly BoardVerdict[];
}

/** Positions on the axis: steps, seconds since the run's first point, or whole milliseconds since 1970. */
export function positions(series: ScalarSeries, axis: XAxis, start: number): Float64Array {
  if (axis === "step") return series.steps;
  return series.wallTimes.map((time) => (axis === "wall" ? Math.round(time * 1000) : time - start));
}

/** The wall time of the run's first point, in seconds; 0 if it has none. */
export function startOf(run: RunData): number {
  let start = Number.POSITIVE_INFINITY;
  for (const { wallTimes } of run.scalars.values())
    if (wallTimes.length > 0) start = Math.min(start, wallTimes[0] as number);
  return Number.isFinite(start) ? start : 0;
}

/** Gives every run a name of its own: the run's, and its id too where two share a name. */
export function labelled(runs: readonly RunData[]): BoardRun[] {
  const names = runs.map((data) => data.record.name);
  return runs.map((data, i) => ({
    label:
      names.indexOf(names[i] as string) === names.lastIndexOf(names[i] as string)
        ? (names[i] as string)
        : `${names[i]}-${data.record.id}`,
    data,
  }));
}
