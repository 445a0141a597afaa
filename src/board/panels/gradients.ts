/**
 * Does the gradient reach the first layers? A heat map, layer by step, of log10 of the mean |gradient|, and beside it
 * the profile over depth.
 *
 * The colour scale is the same on every board, so that colours can be learned: yellow 1, green 1e-3, blue 1e-6,
 * black 1e-10 and below. Below `vanished` a layer learns nothing (SageMaker Debugger's threshold, 1e-7).
 */
import { tags } from "../../base/tags.js";
import { stepLabels, wholeTicks } from "../axisLabels.js";
import { inlineData, type Spec } from "../inlineData.js";
import { type LayerTag, layerTags } from "../layers.js";
import { written } from "../look.js";
import { alarm, neutral } from "../palette.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { prefixOf } from "../tagGroups.js";
import { verdictLine } from "../verdicts.js";
import type { Flag } from "./flagGroups.js";
import { type Tile, tileData, tilesOf } from "./gradientTiles.js";
import { flagMarks, flagsOf } from "./heatMapFlags.js";

const group = prefixOf(tags.gradientMeanAbs("layer"));
const vanished = -7;
const faintest = -10;
/** Pixels of the heat map's width, also where the row has less. */
const narrowest = 120;

/** The weights that have a line in a run's heat map, input side first. */
export function heatMapTags(run: BoardRun["data"]): LayerTag[] {
  return layerTags(run, group, run.scalars.keys());
}

export function gradients(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const views = runs
    .map((run) => ({ run, layers: heatMapTags(run.data) }))
    .filter(({ layers }) => layers.length > 0);
  if (views.length === 0) return [];
  return [
    {
      sharedColours: true,
      title: "gradient flow: mean |g| of each layer, input side on top",
      columns: 1,
      cards: views.map(({ run, layers }) => gradientView(run, layers, style)),
      verdicts: views.map(({ run, layers }) =>
        flagsOf(run, layers, style).map(({ verdict }) => verdictLine(run.label, verdict)),
      ),
    },
  ];
}

function gradientView(run: BoardRun, layers: readonly LayerTag[], style: PanelStyle): Spec {
  const tiles = layers.flatMap((layer, i) => tilesOf(run, layer, i));
  const step = layers.length <= 12 ? 20 : layers.length <= 30 ? 13 : 8;
  const labels = layers.map((layer) => layer.label);
  const height = step * layers.length;
  const y = (axis: Spec | null): Spec => ({
    field: "l",
    type: "ordinal",
    title: null,
    scale: { domain: layers.map((_, i) => i), paddingInner: 0.06 },
    axis: axis && {
      domain: false,
      ticks: false,
      labelLimit: 150,
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      ...axis,
    },
  });
  return {
    title: { ...chartTitle(run.label, leftOut(run, layers)), limit: style.row },
    spacing: 14,
    bounds: "full",
    resolve: { scale: { y: "shared" } },
    hconcat: [
      heatMap(tiles, labels, {
        width: Math.max(narrowest, style.row - 330),
        height,
        y: y({}),
        style,
        flags: flagsOf(run, layers, style),
      }),
      profile(tiles, labels, { width: 165, height, y: y(null), style }),
    ],
  };
}

/** Which weights have no line here, though the norm of all gradients counts them. */
function leftOut({ data }: BoardRun, layers: readonly LayerTag[]): string[] | undefined {
  const all = [...data.scalars.keys()].filter((tag) => prefixOf(tag) === group);
  if (all.length === layers.length) return undefined;
  return [
    "of a layer with a kernel the kernel alone;",
    `${tags.gradientNorm} counts biases and all other trained weights too`,
  ];
}

interface Place {
  readonly width: number;
  readonly height: number;
  readonly y: Spec;
  readonly style: PanelStyle;
}

const colour: Spec = {
  field: "g",
  type: "quantitative",
  scale: { domain: [faintest, 0], clamp: true, scheme: "viridis" },
  legend: {
    title: ["mean |g|"],
    gradientLength: 120,
    values: [0, -2, -4, -6, -8, -10],
    labelExpr: `datum.value == ${faintest} ? '≤ 1e${faintest}' : datum.value == 0 ? '1' : '1e' + datum.value`,
  },
};

function heatMap(
  tiles: readonly Tile[],
  labels: readonly string[],
  { width, height, y, style, flags }: Place & { readonly flags: readonly Flag[] },
): Spec {
  const tooltip = [
    { field: "layer", title: "layer" },
    { field: "f", type: "quantitative", title: "from step" },
    { field: "t", type: "quantitative", title: "to before step" },
    { field: "what", title: "mean |g|" },
  ];
  const [first, last] = [Math.min(...tiles.map(({ from }) => from)), Math.max(...tiles.map(({ to }) => to))];
  const x = {
    field: "f",
    type: "quantitative",
    title: "step",
    scale: { nice: false, zero: false },
    axis: { ...stepLabels, ...wholeTicks(first, last, 6), grid: false },
  };
  const base = (filter: string, color: Spec): Spec => ({
    transform: [{ filter }],
    mark: { type: "rect", clip: true },
    encoding: { x, x2: { field: "end" }, y, color, ...(style.interactive ? { tooltip } : {}) },
  });
  return {
    width,
    height,
    ...tileData(tiles, labels),
    layer: [
      base("isValid(datum.g)", colour),
      ...(tiles.some((tile) => Number.isNaN(tile.log)) ? [base("datum.b == 'NaN'", { value: alarm })] : []),
      ...(tiles.some((tile) => tile.log === -Infinity)
        ? [base("datum.b == 'zero'", { value: "#000000" })]
        : []),
      ...flagMarks(flags, {
        size: { steps: [first, last], width, lineHeight: height / labels.length },
        y,
        style,
      }),
    ],
  };
}

/** The last tenth of the run against depth, with the threshold below which nothing is learned. */
function profile(
  tiles: readonly Tile[],
  labels: readonly string[],
  { width, height, y, style }: Place,
): Spec {
  const latest = labels.map((_, layer) => {
    const own = tiles.filter((tile) => tile.layer === layer);
    const tail = own.slice(-Math.max(1, Math.round(own.length / 10)));
    const log = tail.reduce((sum, tile) => sum + tile.log, 0) / tail.length;
    return { layer, from: tail[0]?.from ?? 0, to: tail.at(-1)?.to ?? 0, log };
  });
  const x = {
    field: "g",
    type: "quantitative",
    title: "log10 mean |g| at the end",
    scale: { domain: [faintest - 1, 1], nice: false },
    axis: { values: [-10, -8, -6, -4, -2, 0] },
  };
  return {
    title: { text: "dashed: vanished, below 1e-7", fontSize: 10, fontWeight: "normal" },
    width,
    height,
    ...tileData(latest, labels),
    layer: [
      {
        data: inlineData({ g: "number" }, [[vanished]]),
        mark: { type: "rule", strokeDash: [3, 3], color: alarm, strokeWidth: 1.2 },
        encoding: { x },
      },
      {
        mark: { type: "line", color: neutral, strokeWidth: 1 },
        encoding: { x, y, order: { field: "l", type: "quantitative" } },
      },
      {
        mark: { type: "point", filled: true, size: 45, clip: true },
        encoding: {
          x,
          y,
          color: { condition: { test: `datum.g < ${vanished}`, value: alarm }, value: "#2a86d8" },
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "layer", title: "layer" },
                  { field: "what", title: "mean |g|" },
                ],
              }
            : {}),
        },
      },
      {
        mark: { type: "text", align: "left", dx: 7, fontSize: 10, style: written },
        encoding: { x: { ...x, field: "at" }, y, text: { field: "what", type: "nominal" } },
        transform: [
          { calculate: `isValid(datum.g) ? max(${faintest - 0.5}, datum.g) : ${faintest - 0.5}`, as: "at" },
        ],
      },
    ],
  };
}
