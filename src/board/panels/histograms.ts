/** Histograms over steps as offset ridgelines, the newest in front, or as lines over each other: TensorBoard's two modes. */
import { type Histogram, sampleText } from "../../base/histogram.js";
import { tags } from "../../base/tags.js";
import type { HistogramPoint } from "../../track/runData.js";
import { plainLabels } from "../axisLabels.js";
import { extent, percentiles, rebin } from "../distribution.js";
import { spread } from "../downsample.js";
import { expressionList, inlineData, type Spec } from "../inlineData.js";
import { layerTags } from "../layers.js";
import { edge } from "../look.js";
import { neutral, runColour } from "../palette.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { prefixOf } from "../tagGroups.js";

/** As TensorBoard's histograms. */
const bins = 30;
/** The tallest ridge, in units of the distance between two of them. */
const overlap = 7;

/** The vertical axis has its name over its labels, on the right: beside them there is no room for it. */
const titleAboveLabels: Spec = {
  titleAngle: 0,
  titleAlign: "left",
  titleBaseline: "bottom",
  titleX: 3,
  titleY: 2,
  titleFontWeight: "normal",
};

/** Prefixes whose charts share the horizontal axis, so that layers can be compared by eye. */
const comparable = [prefixOf(tags.gradientsLog10("layer"))];

/** One section a prefix and run. `Histograms` of one tag share their 30 bins. */
export function histograms(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap((run) => histogramGroups(run).map((group) => section(run, group, style)));
}

/** Prefixes of a run's histograms with their tags in order of depth. */
export function histogramGroups({
  data,
}: BoardRun): { group: string; layers: { tag: string; label: string }[] }[] {
  const names = [...data.histograms.keys()].filter((tag) => (data.histograms.get(tag) ?? []).length > 0);
  return [...new Set(names.map(prefixOf))].map((group) => ({ group, layers: layerTags(data, group, names) }));
}

function section(
  run: BoardRun,
  { group, layers }: ReturnType<typeof histogramGroups>[number],
  style: PanelStyle,
): Section {
  const shown = layers.map(({ tag, label }) => ({
    label,
    points: spread(run.data.histograms.get(tag) ?? [], style.histogramSteps),
  }));
  const common = comparable.includes(group)
    ? rangeOf(
        shown.flatMap(({ points }) => points),
        bulk,
      )
    : undefined;
  return {
    title: `${comparable.includes(group) ? "gradients: log10 |g| of the entries" : group} of ${run.label}, ${style.histograms === "overlay" ? "newest step bluest" : "newest step in front"}`,
    columns: 4,
    cards: shown.map(({ label, points }) =>
      ridges(label, points, { group, range: common ?? rangeOf(points), style }),
    ),
  };
}

/** Of the newest. */
export function sampleTextOf(points: readonly HistogramPoint[]): string | undefined {
  const newest = points.at(-1);
  return newest && sampleText(newest.histogram);
}

/** Without the outermost thousandths: a logarithm has tails that would leave no room for the rest. */
function bulk(histogram: Histogram): [number, number] | undefined {
  const [low, high] = percentiles(histogram, [10, 9990]) as [number, number];
  return extent(histogram) && [low, high];
}

/** The extent of all histograms, or one unit around the only value. */
function rangeOf(points: readonly HistogramPoint[], extentOf = extent): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { histogram } of points) {
    const own = extentOf(histogram);
    if (own) [low, high] = [Math.min(low, own[0]), Math.max(high, own[1])];
  }
  if (low > high) return [0, 1];
  const room = high > low ? 0 : Math.abs(low) * 0.1 || 0.5;
  const bound = Number.MAX_VALUE / 4;
  return [Math.max(-bound, low - room), Math.min(bound, high + room)];
}

function ridges(
  label: string,
  points: readonly HistogramPoint[],
  { group, range, style }: { group: string; range: [number, number]; style: PanelStyle },
): Spec {
  const [low, high] = range;
  const width = (high - low) / bins;
  const counts = points.map(({ histogram }) => rebin(histogram, range, bins));
  const tallest = Math.max(...counts.flatMap((row) => [...row]), Number.MIN_VALUE);
  const last = points.length - 1;
  const rows = counts.flatMap((row, i) => ridge(row, i, tallest));
  const steps = points.map((point) => point.step);
  const marked = spread(
    steps.map((_, i) => i),
    4,
  );
  if (style.histograms === "overlay")
    return overlaid(rows, {
      title: chartTitle(label, sampleTextOf(points)),
      group,
      range,
      steps,
      tallest,
      style,
    });
  const height = points.length > 1 ? overlap : 1;
  return {
    title: chartTitle(label, sampleTextOf(points)),
    width: Math.round(style.card.width * 0.676),
    height: style.card.height + 16,
    data: inlineData({ i: "number", b: "number", h: "number" }, rows),
    transform: [
      { calculate: `${low} + (datum.b + 0.5) * ${width}`, as: "x" },
      { calculate: `${last} - datum.i`, as: "foot" },
      { calculate: `datum.foot + ${height} * datum.h`, as: "top" },
      ...(style.interactive
        ? [
            { calculate: `${expressionList(steps)}[datum.i]`, as: "step" },
            { calculate: `datum.h * ${tallest}`, as: "count" },
          ]
        : []),
    ],
    mark: {
      type: "area",
      style: edge,
      strokeWidth: 0.6,
      strokeOpacity: 0.8,
      fillOpacity: 0.92,
      interpolate: "linear",
      line: false,
    },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: axisTitle(group),
        scale: { domain: [low, high], nice: false, zero: false },
        axis: { ...plainLabels, tickCount: 4, labelOverlap: true, grid: false },
      },
      y: {
        field: "foot",
        type: "quantitative",
        title: "step",
        scale: { domain: [0, last + height], nice: false, zero: false },
        axis: {
          orient: "right",
          ...titleAboveLabels,
          values: marked.map((i) => last - i),
          labelExpr: `format(${expressionList(steps)}[${last} - datum.value], '.3~s')`,
          domain: false,
          ticks: false,
          grid: false,
        },
      },
      y2: { field: "top" },
      detail: { field: "i", type: "ordinal" },
      color: {
        field: "i",
        type: "quantitative",
        scale: { domain: [0, Math.max(1, last)], range: ["#a9c6e6", "#1c5c9c"] },
        legend: null,
      },
      ...(style.interactive
        ? {
            tooltip: [
              { field: "step", type: "quantitative" },
              { field: "x", title: "value", type: "quantitative", format: ".4~g" },
              { field: "count", type: "quantitative", format: ".4~g" },
            ],
          }
        : {}),
    },
  };
}

interface Overlay {
  readonly title: Spec;
  readonly group: string;
  readonly range: readonly [number, number];
  readonly steps: readonly number[];
  readonly tallest: number;
  readonly style: PanelStyle;
}

/** All steps on one foot, each as a line: as TensorBoard's overlay mode. */
function overlaid(
  rows: readonly number[][],
  { title, group, range: [low, high], steps, tallest, style }: Overlay,
): Spec {
  return {
    title,
    width: Math.round(style.card.width * 0.676),
    height: style.card.height + 16,
    data: inlineData({ i: "number", b: "number", h: "number" }, rows),
    transform: [
      { calculate: `${low} + (datum.b + 0.5) * ${(high - low) / bins}`, as: "x" },
      { calculate: `datum.h * ${tallest}`, as: "count" },
      { calculate: `${expressionList(steps)}[datum.i]`, as: "step" },
    ],
    mark: { type: "line", strokeWidth: 1.1, opacity: 0.85, clip: true },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: axisTitle(group),
        scale: { domain: [low, high], nice: false, zero: false },
        axis: { ...plainLabels, tickCount: 4, labelOverlap: true, grid: false },
      },
      y: {
        field: "count",
        type: "quantitative",
        title: null,
        scale: { zero: true, nice: false },
        axis: { ...plainLabels, orient: "right", tickCount: 4 },
      },
      detail: { field: "i", type: "ordinal" },
      color: {
        field: "i",
        type: "quantitative",
        scale: { domain: [0, Math.max(1, steps.length - 1)], range: [neutral, runColour(0)] },
        legend: null,
      },
      ...(style.interactive
        ? {
            tooltip: [
              { field: "step", type: "quantitative" },
              { field: "x", title: "value", type: "quantitative", format: ".4~g" },
              { field: "count", type: "quantitative", format: ".4~g" },
            ],
          }
        : {}),
    },
  };
}

/**
 * Rows i, b, h of one ridge with its feet beside them, from the first to the last bin that is tall enough to be seen:
 * lower ones would only draw a line.
 */
function ridge(counts: Float64Array, i: number, tallest: number): number[][] {
  const seen = (count: number) => count > 0.01 * tallest;
  const first = counts.findIndex(seen);
  if (first < 0) return [];
  const last = counts.findLastIndex(seen);
  const filled = Array.from(counts.subarray(first, last + 1), (count, k) => [
    i,
    first + k,
    Math.round((count / tallest) * 1e4) / 1e4,
  ]);
  return [[i, first - 0.5, 0], ...filled, [i, last + 0.5, 0]];
}

function axisTitle(group: string): string {
  return comparable.includes(group) ? "log10 |g|" : "value";
}
