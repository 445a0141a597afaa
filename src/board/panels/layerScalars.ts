/** Scalars logged per layer or weight, such as `updateRatio/…`: one chart a group and run, a line a layer. */

import { extremes } from "../../base/extremes.js";
import { tags } from "../../base/tags.js";
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { keepExtremes } from "../downsample.js";
import { inlineData, pick, type Spec } from "../inlineData.js";
import { type LayerTag, layerTags } from "../layers.js";
import { depthColours, neutral } from "../palette.js";
import { chartTitle, type PanelStyle, type Section, viewId } from "../section.js";
import { type BoardRun, positions, startOf } from "../series.js";
import { smoothingOf, smoothSeries } from "../smooth.js";
import { layerGroups, prefixOf } from "../tagGroups.js";
import { timeAxis } from "../xAxis.js";
import { yScale } from "../yScale.js";
import { verdictLinesOn, verdictMarks, verdictsOn } from "./verdictMarks.js";

/** A section a run, since colours tell its layers apart: input side violet, output side rose. */
export function layerScalars(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap((run, r) => {
    const groups = layerGroups
      .map((group) => ({ group, layers: layerTags(run.data, group, run.data.scalars.keys()) }))
      .filter(({ layers }) => layers.length > 0);
    const labels = [...new Set(groups.flatMap(({ layers }) => layers.map((layer) => layer.label)))];
    const cards = groups.map(({ group, layers }, g) =>
      layerChart(run, { group, layers, labels, style, id: viewId(`layers_${r}`, g) }),
    );
    const verdicts = groups.map(({ layers }) =>
      verdictLinesOn(
        [run],
        layers.map(({ tag }) => tag),
      ),
    );
    return cards.length === 0
      ? []
      : [{ title: `layers of ${run.label}`, cards, verdicts, columns: 3, sharedColours: true }];
  });
}

const updateGroup = prefixOf(tags.updateRatio("layer"));

/**
 * Where ‖update‖ / ‖weight‖ of a step should lie, a decade around 1e-3 to each side: far below nothing is learned, far above
 * the rate is too high.
 *
 * Source: Stanford's CS231n, notes on neural networks 3, "ratio of weights:updates".
 */
const updateRange = [1e-4, 1e-2] as const;

/** Shaded behind the lines as far as the axis shows it. */
function updateBand(scale: Spec): Spec[] {
  const [low, high] = scale.domain as [number, number];
  const from = Math.max(low, updateRange[0]);
  const to = Math.min(high, updateRange[1]);
  if (!(from < to)) return [];
  return [
    {
      data: inlineData({ from: "number", to: "number" }, [[from, to]]),
      mark: { type: "rect", color: neutral, opacity: 0.16 },
      encoding: {
        x: { value: 0 },
        x2: { value: "width" },
        y: { field: "from", type: "quantitative", scale, title: null },
        y2: { field: "to" },
      },
    },
  ];
}

interface Context {
  readonly group: string;
  readonly layers: readonly LayerTag[];
  readonly labels: readonly string[];
  readonly style: PanelStyle;
  readonly id: string;
}

function layerChart(run: BoardRun, { group, layers, labels, style, id }: Context): Spec {
  const { data } = run;
  const rows = layers.flatMap(({ tag, label }) => {
    const found = data.scalars.get(tag);
    if (!found) return [];
    const series = withoutOverwritten(found);
    const x = positions(series, style.x, startOf(data));
    const smoothed = smoothSeries(series, smoothingOf(style.smoothing, series));
    const layer = labels.indexOf(label);
    return keepExtremes(x, series.values, Math.max(8, Math.floor(style.points / 2))).map((i) => [
      layer,
      x[i] as number,
      series.values[i] as number,
      smoothed[i] as number,
    ]);
  });
  const axis = timeAxis(
    style.x,
    rows.map((row) => row[1] as number),
  );
  const y = yScale(
    rows.map((row) => row[3] as number),
    style.y,
  );
  const hover = `${id}_hover`;
  const colours = depthColours(labels.length);
  const yOf = { field: "s", type: "quantitative", title: null, scale: y.scale, axis: y.axis };
  const points: Spec = {
    params: [{ name: hover, select: { type: "point", on: "mouseover", clear: "mouseout", nearest: true } }],
    mark: { type: "point", filled: true, size: 50 },
    encoding: {
      y: yOf,
      opacity: { condition: { param: hover, empty: false, value: 1 }, value: 0 },
      tooltip: [
        { field: "layer" },
        { field: "s", title: "smoothed", type: "quantitative", format: ".6~g" },
        { field: "v", title: "value", type: "quantitative", format: ".7~g" },
        { field: "x", title: axis.encoding.title, type: axis.encoding.type },
      ],
    },
  };
  const xs = rows.map((row) => row[1] as number);
  const color = {
    field: "layer",
    type: "nominal",
    scale: { domain: labels, range: colours },
    legend: {
      title: null,
      orient: "top",
      columns: 6,
      symbolType: "stroke",
      symbolStrokeWidth: 3,
      labelLimit: 120,
    },
  };
  return {
    title: chartTitle(group, group === updateGroup ? "shaded: 1e-4 to 1e-2, where updates learn" : undefined),
    width: style.card.width,
    height: style.card.height,
    data: inlineData(
      { l: "number", x: "number", v: "number", s: "number" },
      rows.map(([l, x, v, s]) => [l as number, (x as number) / axis.unit, v as number, s as number]),
    ),
    transform: [{ calculate: pick(labels, "l"), as: "layer" }],
    encoding: { x: axis.encoding },
    layer: [
      ...(group === updateGroup ? updateBand(y.scale) : []),
      {
        mark: {
          type: "line",
          clip: true,
          strokeWidth: 1.4,
          ...(rows.length <= layers.length * 2 ? { point: { size: 36, filled: true } } : {}),
        },
        encoding: { y: yOf, color },
      },
      ...(style.interactive ? [{ ...points, encoding: { ...(points.encoding as Spec), color } }] : []),
      ...verdictMarks(
        verdictsOn(
          [run],
          layers.map(({ tag }) => tag),
          style,
        ),
        { x: axis.encoding, unit: axis.unit, ends: extremes(xs), style },
      ),
    ],
  };
}
