/** Scalars over steps or time: one chart a tag, all runs in it, grouped by the tag's prefix. */
import { extremes } from "../../base/extremes.js";
import { tags } from "../../base/tags.js";
import type { Spec } from "../inlineData.js";
import { chartTitle, type PanelStyle, pickedOpacity, runsView, type Section, viewId } from "../section.js";
import type { BoardRun } from "../series.js";
import { groupScalars, prefixOf, type ScalarChart } from "../tagGroups.js";
import { type TimeAxis, timeAxis } from "../xAxis.js";
import { withoutOutliers, yScale } from "../yScale.js";
import { everyRunTooltip, hasSeveralRuns } from "./everyRunTooltip.js";
import { hoverPoint } from "./hoverPoint.js";
import { brokenMarks, clippedMarks } from "./oddMarks.js";
import { coloursByRun, coloursOfRuns, dashesOfSets } from "./runLooks.js";
import { scalarData } from "./scalarData.js";
import { type ScalarRow, scalarRows } from "./scalarRows.js";
import { verdictLinesOn, verdictMarks, verdictsOn } from "./verdictMarks.js";

/** One section a tag prefix. Charts hold raw values (faint), smoothed ones, and marks where a value is not finite. */
export function scalars(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  let index = 0;
  return groupScalars(runs).map(({ group, charts }) => ({
    title: group,
    columns: 3,
    sharedColours: true,
    verdicts: charts.map((chart) => verdictLinesOn(runs, chart.tags)),
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

function scalarChart(chart: ScalarChart, context: Context): Spec {
  const { runs, style, id } = context;
  const rows = scalarRows(chart.tags, runs, style);
  const values = rows.flatMap((row) => [row.value, row.smoothed]);
  const y = yScale(style.outliers === "clip" ? withoutOutliers(values) : values, style.y);
  const axis = timeAxis(
    style.x,
    rows.map((row) => row.x),
    context.step,
  );
  const paired = chart.tags.length > 1;
  const color = coloursOfRuns(runs);
  // In the lines only: the marks of a hovered point would take the legend's strokes away.
  const dash = paired ? { strokeDash: dashesOfSets(chart.sets) } : {};
  const lonely = rows.length <= runs.length * chart.tags.length * 2;
  const yOf = (field: string) => ({ field, type: "quantitative", title: null, scale: y.scale, axis: y.axis });
  const line = { type: "line", clip: true };
  const tooltip = () =>
    style.everyRun && hasSeveralRuns(chart.tags, runs)
      ? everyRunTooltip(chart.tags, runs, { ...context, axis, y: yOf })
      : hoverPoint(context, { y: yOf("s"), color }, paired);
  return {
    title: chartTitle(chart.title),
    width: style.card.width,
    height: style.card.height,
    ...scalarData(rows, { runs, style, paired, unit: axis.unit }),
    encoding: { x: values.some(Number.isFinite) ? axis.encoding : wholeAxis(rows, axis) },
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
      ...(style.interactive ? [tooltip()] : []),
      // On top: else what the pointer is nearest to would lie over them, and hide their tooltips.
      ...brokenMarks(rows, context),
      ...clippedMarks(rows, { ...context, color, domain: (y.scale as { domain: [number, number] }).domain }),
      ...verdictMarks(verdictsOn(runs, chart.tags, style), {
        x: axis.encoding,
        unit: axis.unit,
        ends: extremes(rows.map(({ x }) => x)),
        style,
        ...(runs.length > 1 ? { colours: coloursByRun(runs) } : {}),
      }),
    ],
  };
}

/** Over all rows where none of them has a value: Vega would look for the axis's ends among those that have one. */
function wholeAxis(rows: readonly ScalarRow[], { unit, encoding }: TimeAxis): Spec {
  const domain = extremes(rows.map(({ x }) => x / unit));
  return { ...encoding, scale: { domain, ...(encoding.scale as Spec) } };
}
