/** Series as lines to draw: positions, logged values, smoothed values. */
import { positions, type XAxis } from "../series.js";
import { smoothingOf, smoothSeries } from "../smooth.js";
import type { SeriesAnswer } from "../source/pageSource.js";

export interface Line {
  readonly run: string;
  readonly tag: string;
  readonly colour: string;
  /** Of a validation series. */
  readonly dashed: boolean;
  readonly x: Float64Array;
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly smoothed: Float64Array;
  /** Seconds since 1970. */
  readonly wallTimes: Float64Array;
}

export interface LineOptions {
  readonly smoothing: number | undefined;
  readonly x: XAxis;
  readonly colours: ReadonlyMap<string, string>;
  /** Run → wall time of its first point. */
  readonly starts: ReadonlyMap<string, number>;
  /** The chart's tags; from the second on they are dashed. */
  readonly tags: readonly string[];
}

export function linesOf(answers: readonly SeriesAnswer[], options: LineOptions): Line[] {
  return answers.flatMap(({ run, tag, series }) => {
    const colour = options.colours.get(run);
    if (colour === undefined) return [];
    return [
      {
        run,
        tag,
        colour,
        dashed: options.tags.indexOf(tag) > 0,
        x: positions(series, options.x, options.starts.get(run) ?? 0),
        steps: series.steps,
        values: series.values,
        smoothed: smoothSeries(series, smoothingOf(options.smoothing, series)),
        wallTimes: series.wallTimes,
      },
    ];
  });
}

/** Least and greatest finite position; undefined if there is none. */
export function xExtent(lines: readonly Line[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x } of lines)
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number;
      if (!Number.isFinite(at)) continue;
      if (at < low) low = at;
      if (at > high) high = at;
    }
  return low <= high ? [low, high] : undefined;
}

/** Values, logged and smoothed, at positions within the domain. */
export function valuesWithin(lines: readonly Line[], [from, to]: readonly [number, number]): number[] {
  const values: number[] = [];
  for (const { x, values: logged, smoothed } of lines)
    for (let i = 0; i < x.length; i++)
      if ((x[i] as number) >= from && (x[i] as number) <= to)
        values.push(logged[i] as number, smoothed[i] as number);
  return values;
}

/** The index of the point nearest to a position; -1 if there is none. Positions need not rise. */
export function nearestPoint({ x }: Pick<Line, "x">, at: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const distance = Math.abs((x[i] as number) - at);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}
