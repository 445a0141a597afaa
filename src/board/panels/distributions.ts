/** Histograms over steps as bands between percentiles: TensorBoard's distributions. */
import { plainLabels } from "../axisLabels.js";
import { basisPoints, percentiles } from "../distribution.js";
import { spread } from "../downsample.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { runColour } from "../palette.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { timeAxis } from "../xAxis.js";
import { headOf, histogramGroups, sampleTextOf } from "./histograms.js";

const names = basisPoints.map((point) => `p${point}`);
/** Pairs of percentiles, outer band first, with the share of values between them. */
const bands = [0, 1, 2, 3].map((i) => ({
  low: names[i] as string,
  high: names[8 - i] as string,
  opacity: [0.14, 0.2, 0.28, 0.4][i] as number,
}));

/** One section a prefix and run. */
export function distributions(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap((run, r) =>
    histogramGroups(run).map(({ group, layers }) => ({
      title: `${headOf(group)} of ${run.label}: median, and bands from 30.9 to 69.1 %, 15.9 to 84.1 %, 6.7 to 93.3 %, least to greatest`,
      columns: 3,
      cards: layers.map(({ tag, label }) =>
        distributionChart(run, { tag, label, colour: runColour(r) }, style),
      ),
    })),
  );
}

function distributionChart(
  { data }: BoardRun,
  options: { tag: string; label: string; colour: string },
  style: PanelStyle,
): Spec {
  const points = spread(data.histograms.get(options.tag) ?? [], Math.max(2, style.points >> 1));
  const start = points[0]?.wallTime ?? 0;
  const x = points.map((point) =>
    style.x === "step"
      ? point.step
      : style.x === "wall"
        ? Math.round(point.wallTime * 1000)
        : point.wallTime - start,
  );
  const axis = timeAxis(style.x, x);
  const rows = points.map((point, i): Cell[] => [
    (x[i] as number) / axis.unit,
    ...percentiles(point.histogram),
  ]);
  const columns: Record<string, "number"> = { x: "number" };
  for (const name of names) columns[name] = "number";
  const y = (field: string): Spec => ({
    field,
    type: "quantitative",
    title: null,
    scale: { zero: false, nice: true },
    axis: { ...plainLabels, tickCount: 5 },
  });
  const median: Spec = {
    mark: {
      type: "line",
      strokeWidth: 1.4,
      color: options.colour,
      ...(rows.length < 2 ? { point: true } : {}),
    },
    encoding: {
      y: y("p5000"),
      ...(style.interactive
        ? {
            tooltip: [
              { field: "x", type: axis.encoding.type, title: axis.encoding.title },
              ...names.map((name, i) => ({
                field: name,
                type: "quantitative",
                title: `${(basisPoints[i] as number) / 100} %`,
                format: ".4~g",
              })),
            ],
          }
        : {}),
    },
  };
  return {
    title: chartTitle(options.label, sampleTextOf(points)),
    width: style.card.width,
    height: style.card.height,
    data: inlineData(columns, rows),
    encoding: { x: axis.encoding },
    layer: [
      ...bands.map(({ low, high, opacity }) => ({
        mark: { type: "area", color: options.colour, opacity },
        encoding: { y: y(low), y2: { field: high } },
      })),
      median,
    ],
  };
}
