/** Scalars over steps or time: one chart a tag, all runs in it, grouped by the tag's prefix. */
import { tags } from "../../base/tags.js";
import { keepExtremes } from "../downsample.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { levelExpression } from "../levelExpression.js";
import { alarm, neutral, runColour } from "../palette.js";
import { chartTitle, type PanelStyle, pickedOpacity, runsView, type Section, viewId } from "../section.js";
import { type BoardRun, positions, startOf, withoutOverwritten } from "../series.js";
import { smoothedLevels, smoothingLevels, smoothingOf, smoothSeries, usualLevel } from "../smooth.js";
import { groupScalars, prefixOf, type ScalarChart } from "../tagGroups.js";
import { timeAxis } from "../xAxis.js";
import { withoutOutliers, yScale } from "../yScale.js";
import { verdictMarks, verdictsOn } from "./verdictMarks.js";

/** One section a tag prefix. Charts hold raw values (faint), smoothed ones, and marks where a value is not finite. */
export function scalars(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  let index = 0;
  return groupScalars(runs).map(({ group, charts }) => ({
    title: group,
    columns: 3,
    sharedColours: true,
    cards: charts.map((chart) =>
      scalarChart(chart, { runs, style, id: viewId("scalars", index++), step: stepName(group) }),
    ),
  }));
}

/** `epoch/*` counts epochs. */
function stepName(group: string): string {
  return group === prefixOf(tags.epoch("loss")) ? "epoch" : "step";
}

interface Context {
  readonly runs: readonly BoardRun[];
  readonly style: PanelStyle;
  readonly id: string;
  /** What the group counts on the axis. */
  readonly step: string;
}

interface Row {
  readonly run: number;
  readonly set: number;
  readonly x: number;
  readonly step: number;
  readonly value: number;
  readonly smoothed: number;
  /** At each level of smoothing but those that smooth nothing; empty where there is no slider. */
  readonly levels: readonly number[];
  /** Which of the levels, counted from the raw values, is the series' usual one. */
  readonly usual: number;
  /** Seconds since 1970. */
  readonly time: number;
}

function scalarChart(chart: ScalarChart, context: Context): Spec {
  const { runs, style, id } = context;
  const rows = rowsOf(chart, context);
  const values = rows.flatMap((row) => [row.value, row.smoothed]);
  const y = yScale(style.outliers === "clip" ? withoutOutliers(values) : values, style.y);
  const axis = timeAxis(
    style.x,
    rows.map((row) => row.x),
    context.step,
  );
  const paired = chart.tags.length > 1;
  const color = runColourOf(runs);
  // In the lines only: the marks of a hovered point would take the legend's strokes away.
  const dash = paired ? { strokeDash: dashOf(chart.sets) } : {};
  const lonely = rows.length <= runs.length * chart.tags.length * 2;
  const yOf = (field: string) => ({ field, type: "quantitative", title: null, scale: y.scale, axis: y.axis });
  const line = { type: "line", clip: true };
  return {
    title: chartTitle(chart.title),
    width: style.card.width,
    height: style.card.height,
    ...dataOf(rows, { ...context, paired, unit: axis.unit }),
    encoding: { x: axis.encoding },
    layer: [
      {
        mark: { ...line, strokeWidth: 1 },
        encoding: { y: yOf("v"), color, opacity: pickedOpacity(style, 0.25, 0.04), ...dash },
      },
      {
        name: runsView(id),
        mark: { ...line, strokeWidth: 1.8 },
        encoding: { y: yOf("s"), color, opacity: pickedOpacity(style, 1, 0.12), ...dash },
      },
      // Points of their own, not the line's: those would take the legend's strokes away.
      ...(lonely
        ? [
            {
              mark: { type: "point", filled: true, size: 36, clip: true },
              encoding: { y: yOf("s"), color, opacity: pickedOpacity(style, 1, 0.12) },
            },
          ]
        : []),
      ...brokenMarks(rows, context),
      ...clippedMarks(rows, { ...context, color, domain: (y.scale as { domain: [number, number] }).domain }),
      ...(style.interactive ? [hoverPoints(context, { y: yOf("s"), color }, paired)] : []),
      // On top: else the points of the hover would lie over their flags.
      ...verdictMarks(verdictsOn(runs, chart.tags, style), {
        x: axis.encoding,
        unit: axis.unit,
        middle: middleOf(rows),
        style,
      }),
    ],
  };
}

/** Of the axis. */
function middleOf(rows: readonly Row[]): number {
  const [low, high] = rows.reduce(([l, h], { x }) => [Math.min(l, x), Math.max(h, x)], [Infinity, -Infinity]);
  return low / 2 + high / 2;
}

function rowsOf(chart: ScalarChart, { runs, style }: Context): Row[] {
  return chart.tags.flatMap((tag, set) =>
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

/**
 * Columns: r run, k set, x, n step (if x is not it), v value, s smoothed or s1, s2… each level of smoothing, t seconds since
 * the run's start, b what is not finite.
 */
function dataOf(rows: readonly Row[], options: Context & { paired: boolean; unit: number }): Spec {
  const { runs, style, paired, unit } = options;
  const broken = rows.some((row) => !Number.isFinite(row.value));
  const starts = runs.map(({ data }) => startOf(data));
  const withStep = style.x !== "step";
  const { weights } = smoothingLevels(style.smoothing);
  const smoothedColumns = style.levels ? weights.slice(1).map((_, i) => `s${i + 1}`) : ["s"];
  const columns: Record<string, "number" | "string"> = {
    r: "number",
    ...(paired ? { k: "number" } : {}),
    x: "number",
    ...(withStep ? { n: "number" } : {}),
    v: "number",
    ...Object.fromEntries(smoothedColumns.map((name) => [name, "number"] as const)),
    t: "number",
    ...(broken ? { b: "string" } : {}),
  };
  const cells = rows.map((row): Cell[] => [
    row.run,
    ...(paired ? [row.set] : []),
    row.x / unit,
    ...(withStep ? [row.step] : []),
    row.value,
    ...(style.levels ? row.levels.map(fiveDigits) : [row.smoothed]),
    Math.round((row.time - (starts[row.run] as number)) * 10) / 10,
    ...(broken ? [Number.isFinite(row.value) ? "" : String(row.value)] : []),
  ]);
  return {
    data: inlineData(columns, cells),
    transform: [
      ...(style.levels
        ? [
            {
              calculate: `[datum.v,${smoothedColumns.map((name) => `datum.${name}`).join(",")}][${levelExpression(rows, style.smoothing)}]`,
              as: "s",
            },
          ]
        : []),
      {
        calculate: pick(
          runs.map((run) => run.label),
          "r",
        ),
        as: "run",
      },
      ...(style.interactive
        ? [{ calculate: `1000 * (${pick(starts.map(Math.round), "r")} + datum.t)`, as: "time" }]
        : []),
      ...(paired ? [{ calculate: pick(["training", "validation"], "k"), as: "set" }] : []),
    ],
  };
}

/** A chart has fewer pixels than these tell apart. */
function fiveDigits(value: number): number {
  return Number(value.toPrecision(5));
}

function runColourOf(runs: readonly BoardRun[]): Spec {
  const labels = runs.map((run) => run.label);
  return {
    field: "run",
    type: "nominal",
    scale: { domain: labels, range: labels.map((_, i) => runColour(i)) },
    legend: {
      title: null,
      orient: "top",
      columns: Math.min(6, labels.length),
      symbolType: "stroke",
      symbolStrokeWidth: 3,
      symbolOpacity: 1,
    },
  };
}

function dashOf(sets: readonly string[]): Spec {
  return {
    field: "set",
    type: "nominal",
    scale: {
      domain: sets,
      range: [
        [1, 0],
        [5, 3],
      ],
    },
    legend: {
      title: null,
      orient: "top",
      symbolType: "stroke",
      symbolStrokeColor: neutral,
      symbolOpacity: 1,
      symbolStrokeWidth: 2,
    },
  };
}

/** Triangles at the foot of the chart, where a value was NaN or infinite. */
function brokenMarks(rows: readonly Row[], { style, step }: Context): Spec[] {
  if (rows.every((row) => Number.isFinite(row.value))) return [];
  return [
    {
      transform: [{ filter: "datum.b" }],
      mark: { type: "point", shape: "triangle-up", filled: true, size: 50, color: alarm, opacity: 1 },
      encoding: {
        y: { value: style.card.height - 4 },
        color: { value: alarm },
        ...(style.interactive
          ? {
              tooltip: [
                tip("run", "run", "nominal"),
                tip("b", "value", "nominal"),
                tip(stepField(style), step),
              ],
            }
          : {}),
      },
    },
  ];
}

/** Arrows at the chart's edges, in their run's colour, where values lie beyond them. */
function clippedMarks(
  rows: readonly Row[],
  { style, step, color, domain: [low, high] }: Context & { color: Spec; domain: [number, number] },
): Spec[] {
  const edges = [
    { is: (value: number) => value > high, test: `datum.v > ${high}`, shape: "triangle-up", y: 4 },
    {
      is: (value: number) => value < low,
      test: `isValid(datum.v) && datum.v < ${low}`,
      shape: "triangle-down",
      y: style.card.height - 4,
    },
  ];
  return edges
    .filter(({ is }) => rows.some(({ value }) => Number.isFinite(value) && is(value)))
    .map(({ test, shape, y }) => ({
      transform: [{ filter: test }],
      mark: { type: "point", shape, filled: true, size: 60, opacity: 1 },
      encoding: {
        y: { value: y },
        color,
        ...(style.interactive
          ? {
              tooltip: [
                tip("run", "run", "nominal"),
                { ...tip("v", "beyond the axis"), format: ".7~g" },
                tip(stepField(style), step),
              ],
            }
          : {}),
      },
    }));
}

function hoverPoints({ style, id, step }: Context, encoding: Spec, paired: boolean): Spec {
  const hover = `${id}_hover`;
  return {
    params: [{ name: hover, select: { type: "point", on: "mouseover", clear: "mouseout", nearest: true } }],
    // Clipped: one beyond the axis would push all other charts away.
    mark: { type: "point", filled: true, size: 55, clip: true },
    encoding: {
      ...encoding,
      opacity: { condition: { param: hover, empty: false, value: 1 }, value: 0 },
      tooltip: [
        tip("run", "run", "nominal"),
        ...(paired ? [tip("set", "set", "nominal")] : []),
        { ...tip("s", "smoothed"), format: ".6~g" },
        { ...tip("v", "value"), format: ".7~g" },
        tip(stepField(style), step),
        { ...tip("time", "time", "temporal"), format: "%Y-%m-%d %H:%M:%S" },
      ],
    },
  };
}

function stepField(style: PanelStyle): string {
  return style.x === "step" ? "x" : "n";
}

function tip(field: string, title: string, type = "quantitative"): Spec {
  return { field, title, type };
}
