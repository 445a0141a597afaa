/** The points of a chart of scalars, no more than its pixels tell apart. */
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { keepExtremes } from "../downsample.js";
import type { PanelStyle } from "../section.js";
import { type BoardRun, positions, startOf } from "../series.js";
import { smoothedLevels, smoothingOf, smoothSeries, usualLevel } from "../smooth.js";

/** A point of a line: of one run, in one set. */
export interface ScalarRow {
  readonly run: number;
  readonly set: number;
  readonly x: number;
  readonly step: number;
  readonly value: number;
  readonly smoothed: number;
  /** At each level of smoothing but those that smooth nothing; empty where none is to be chosen. */
  readonly levels: readonly number[];
  /** Which of the levels, counted from the raw values, is the series' usual one. */
  readonly usual: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** A row a kept point, of each tag by each run that logged it; the tag's place is the set. */
export function scalarRows(
  tags: readonly string[],
  runs: readonly BoardRun[],
  style: PanelStyle,
): ScalarRow[] {
  return tags.flatMap((tag, set) =>
    runs.flatMap(({ data }, run) => {
      const found = data.scalars.get(tag);
      if (!found || found.steps.length === 0) return [];
      const series = withoutOverwritten(found);
      const levels = style.levels ? smoothedLevels(series, style.smoothing) : [];
      const smoothed = smoothSeries(series, smoothingOf(style.smoothing, series));
      const x = positions(series, style.x, startOf(data));
      return keepExtremes(x, series.values, style.points).map((i) => ({
        run,
        set,
        x: x[i] as number,
        step: series.steps[i] as number,
        value: series.values[i] as number,
        smoothed: smoothed[i] as number,
        usual: usualLevel(series),
        levels: levels.slice(1).map((values) => values[i] as number),
        time: series.wallTimes[i] as number,
      }));
    }),
  );
}
