/** Series as lines to draw: positions, logged values, smoothed values. */
import { positions, type XAxis } from "../series.js";
import { smoothingOf, smoothSeries } from "../smooth.js";
import type { SeriesAnswer } from "../source/pageSource.js";

export interface Line {
  readonly run: string;
  readonly tag: string;
  readonly colour: string;
  /** SVG path of the marks on it; empty for none. */
  readonly marker: string;
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
  readonly markers?: ReadonlyMap<string, string>;
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
        marker: options.markers?.get(run) ?? "",
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

/** Of so many values a scale is chosen as of all. */
const enough = 2000;

/**
 * Finite values, logged and smoothed, at positions within the domain, from which a scale is chosen: evenly spread ones, and
 * always the least, the greatest and the one nearest to zero that is not zero.
 */
export function valuesWithin(lines: readonly Line[], [from, to]: readonly [number, number]): Float64Array {
  const total = lines.reduce((sum, { x }) => sum + 2 * x.length, 0);
  const all = new Float64Array(total);
  let count = 0;
  for (const { x, values, smoothed } of lines)
    for (let i = 0; i < x.length; i++) {
      if (!((x[i] as number) >= from && (x[i] as number) <= to)) continue;
      if (Number.isFinite(values[i])) all[count++] = values[i] as number;
      if (Number.isFinite(smoothed[i])) all[count++] = smoothed[i] as number;
    }
  return spreadOut(all.subarray(0, count));
}

function spreadOut(values: Float64Array): Float64Array {
  if (values.length <= enough) return values;
  let [low, high, small] = [Infinity, -Infinity, Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
    const size = Math.abs(value);
    if (size > 0 && size < Math.abs(small)) small = value;
  }
  const ends = [low, high, ...(Number.isFinite(small) ? [small] : [])];
  const stride = values.length / enough;
  const picked = Array.from({ length: enough }, (_, i) => values[Math.floor(i * stride)] as number);
  return Float64Array.from([...picked, ...ends]);
}

/** The index of the point within the domain nearest to a position; -1 if there is none. Positions need not rise. */
export function nearestPoint(
  { x }: Pick<Line, "x">,
  at: number,
  [from, to]: readonly [number, number] = [-Infinity, Infinity],
): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    if (!((x[i] as number) >= from && (x[i] as number) <= to)) continue;
    const distance = Math.abs((x[i] as number) - at);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}
