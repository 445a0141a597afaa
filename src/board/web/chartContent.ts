/** What a chart of scalars shows: its lines on scales that fit them, and the same in words. */
import { extremes } from "../../base/extremes.js";
import { shortNumber } from "../../base/table.js";
import { withoutOutliers } from "../yScale.js";
import type { LineChartContent } from "./drawLines.js";
import type { Flag } from "./flags.js";
import { type Line, valuesWithin, xExtent } from "./lines.js";
import type { View } from "./view.js";
import { xScale } from "./xScale.js";
import { yAxisScale } from "./yAxisScale.js";

export interface ContentOptions {
  readonly view: Pick<View, "x" | "y" | "outliers">;
  readonly range: readonly [number, number] | undefined;
  readonly step: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly flags?: readonly Flag[];
}

/** Pixels of the axis of values with labels of usual length, and of what is left free at the right. */
const besidePlot = 62;

export function chartContent(
  lines: readonly Line[],
  { view, range, step, width, height, flags = [] }: ContentOptions,
): LineChartContent {
  const extent = xExtent(lines) ?? [0, 1];
  // A bound that nobody gave is that of the points.
  const domain: [number, number] = range
    ? [Math.max(range[0], Math.min(range[1], extent[0])), Math.min(range[1], Math.max(range[0], extent[1]))]
    : extent;
  const pixels = Math.max(1, width - besidePlot);
  const x = xScale(view.x, { domain, step, ticks: Math.max(2, Math.round(width / 55)), pixels });
  const values = valuesWithin(lines, domain);
  const y = yAxisScale(
    view.outliers === "clip" ? withoutOutliers(values) : values,
    view.y,
    Math.max(3, Math.round(height / 48)),
  );
  return { lines, x: x.scale, y, xTitle: x.title, flags };
}

const mostTold = 12;

/** For who cannot see the chart: each line's last value and extent, of what lies in the range that is shown. */
export function textOf(
  title: string,
  lines: readonly Line[],
  [from, to]: readonly [number, number] = [-Infinity, Infinity],
): string {
  const told = lines.slice(0, mostTold).map((line) => {
    const within = (_: number, i: number) => !((line.x[i] as number) < from || (line.x[i] as number) > to);
    const values = line.values.filter(within);
    const finite = values.filter(Number.isFinite);
    const name = line.dashed ? `${line.run}, validation` : line.run;
    if (finite.length === 0) return `${name}: no finite value`;
    const [low, high] = extremes(finite);
    const last = shortNumber(values.at(-1) as number);
    return `${name}: ${last} at step ${line.steps.filter(within).at(-1)}, from ${shortNumber(low)} to ${shortNumber(high)}`;
  });
  const more = lines.length > mostTold ? `; and ${lines.length - mostTold} more` : "";
  return `Line chart of ${title}. ${told.join("; ") || "No points"}${more}`;
}
