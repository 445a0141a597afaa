/**
 * All parameters and the objective of each trial as one line across an axis each.
 *
 * Every axis is a narrow view with an interval selection of its own, and the lines between two axes a view beside them:
 * so a brush covers its axis alone, which views in layers could not do. A line is picked if it is in all brushes.
 */

import { extremes } from "../../base/extremes.js";
import { shortNumber } from "../../base/table.js";
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { rim, written } from "../look.js";
import { neutral } from "../palette.js";
import { chartTitle, type PanelStyle } from "../section.js";
import {
  type ParameterAxis,
  parameterAxes,
  type SweepData,
  shortMetricTitle,
  type TrialPoint,
} from "../sweepData.js";
import { trialNoun } from "../trialNoun.js";
import { mostImportant } from "./mostImportant.js";
import { rankedTrials, worseToBetter } from "./rankedTrials.js";
import { nameOf, valueText } from "./trialTexts.js";

const mostAxes = 8;
const strip = 24;
const height = 190;
/** In the place of a parameter that a trial does not have: below every axis. */
const nowhere = -9;
const nowhereYet = -1;

/** @param id of the sweep on its board. Undefined with fewer than two trials or axes. */
export function parallelCoordinates(sweep: SweepData, style: PanelStyle, id: number): Spec | undefined {
  const ranked = rankedTrials(sweep);
  const all = parameterAxes(sweep);
  const { shown: parameters, note: leftOut } = mostImportant(all, mostAxes - 1, sweep);
  const axes = [...parameters, ...valueAxis(sweep, ranked)];
  if (axes.length < 2 || ranked.length < 2) return undefined;
  const { trials, note } = drawnTrials(ranked, style.points * 2, sweep.direction);
  const rank = new Map(ranked.map((trial, i) => [trial, i / (ranked.length - 1)]));
  const names = axes.map((axis) => axis.name || shortMetricTitle(sweep));
  const picked = style.interactive ? { and: axes.map((_, a) => ({ param: paramOf(id, a) })) } : undefined;
  const draw = lookOf(picked, style.interactive ? tooltipOf(names) : undefined);
  const notes = [
    "better ones in orange",
    ...(style.interactive ? ["drag along axes to pick lines, double-click to let go"] : []),
    ...(leftOut ? [leftOut] : []),
    ...(note ? [note] : []),
  ];
  const gap = (style.row - 70 - axes.length * strip) / (axes.length - 1);
  return {
    title: { ...chartTitle("parallel coordinates", notes.join("; ")), limit: style.row },
    description: `Parallel coordinates of ${trials.length} ${trialNoun(trials)} over ${names.join(", ")}`,
    data: inlineData(
      Object.fromEntries([
        ["t", "string"],
        ["c", "number"],
        ["k", "number"],
        ...axes.map((_, a) => [`s${a}`, "number"]),
        ...(style.interactive ? axes.map((_, a) => [`w${a}`, "string"]) : []),
      ]) as Record<string, "number" | "string">,
      trials.map((trial) => rowOf(trial, axes, { rank: rank.get(trial) ?? 0, texts: style.interactive })),
    ),
    spacing: 0,
    bounds: "flush",
    hconcat: axes.flatMap((axis, a) => [
      axisView(
        { axis, a, name: names[a] as string, last: a === axes.length - 1 },
        { draw, id, gap, interactive: style.interactive },
      ),
      ...(a === axes.length - 1 ? [] : [linesView(axis, a, { draw, gap, id })]),
    ]),
  };
}

const paramOf = (id: number, axis: number) => `brush_${id}_${axis}`;

function rowOf(
  trial: TrialPoint,
  axes: readonly ParameterAxis[],
  { rank, texts }: { rank: number; texts: boolean },
): Cell[] {
  const values = axes.map((axis) => (axis.name === "" ? trial.value : trial.params[axis.name]));
  const places = axes.map((axis, a) => axis.place(values[a]) ?? nowhere);
  return [
    nameOf(trial),
    round(rank),
    trial.state === "pruned" ? 1 : 0,
    ...places.map(round),
    ...(texts ? values.map((value) => (value === undefined ? "" : valueText(value))) : []),
  ];
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** How a line looks: faint outside the brushes. */
function lookOf(picked: Spec | undefined, tooltip: Spec[] | undefined): Spec {
  return {
    color: {
      field: "c",
      type: "quantitative",
      scale: { domain: [0, 0.5, 1], range: worseToBetter },
      legend: null,
    },
    opacity: {
      condition: [
        ...(picked ? [{ test: { not: picked }, value: 0.05 }] : []),
        { test: "datum.k == 1", value: 0.3 },
      ],
      value: 0.8,
    },
    strokeWidth: { condition: { test: "datum.c == 1", value: 3 }, value: 1.3 },
    order: { field: "c", type: "quantitative" },
    ...(tooltip ? { tooltip } : {}),
  };
}

function tooltipOf(names: readonly string[]): Spec[] {
  return [{ field: "t", title: "trial" }, ...names.map((name, a) => ({ field: `w${a}`, title: name }))];
}

const placed = (field: string): Spec => ({
  field,
  type: "quantitative",
  scale: { domain: [-0.02, 1.08], nice: false, zero: false },
  axis: null,
});

function linesView(
  axis: ParameterAxis,
  a: number,
  { draw, gap, id }: { draw: Spec; gap: number; id: number },
): Spec {
  return {
    width: gap,
    height,
    layer: [
      {
        name: `lines_${id}_${a}`,
        transform: [{ filter: `datum.s${a} > ${nowhereYet} && datum.s${a + 1} > ${nowhereYet}` }],
        mark: { type: "rule", clip: true },
        encoding: {
          ...draw,
          x: { value: 0 },
          x2: { value: gap },
          y: placed(`s${a}`),
          y2: { field: `s${a + 1}` },
        },
      },
      axisLabels(axis, 1),
    ],
  };
}

interface AxisView {
  readonly axis: ParameterAxis;
  readonly a: number;
  readonly name: string;
  readonly last: boolean;
}

function axisView(
  { axis, a, name, last }: AxisView,
  { draw, id, gap, interactive }: { draw: Spec; id: number; gap: number; interactive: boolean },
): Spec {
  const middle = strip / 2;
  return {
    title: {
      text: name,
      anchor: "middle",
      frame: "group",
      limit: gap + strip - 8,
      fontSize: 10.5,
      offset: 4,
    },
    width: strip,
    height,
    layer: [
      {
        data: { values: [{}] },
        mark: { type: "rule", color: neutral, aria: false },
        encoding: { x: { value: middle }, y: { value: 0 }, y2: { value: height } },
      },
      {
        transform: [{ filter: `datum.s${a} > ${nowhereYet}` }],
        ...(interactive
          ? {
              params: [
                {
                  name: paramOf(id, a),
                  select: {
                    type: "interval",
                    encodings: ["y"],
                    mark: { fill: neutral, fillOpacity: 0.25, stroke: neutral, cursor: "move" },
                  },
                },
              ],
            }
          : {}),
        mark: { type: "rule", clip: true, ...(interactive ? { cursor: "ns-resize" } : {}) },
        encoding: { ...draw, x: { value: 0 }, x2: { value: strip }, y: placed(`s${a}`) },
      },
      ...(last ? [axisLabels(axis, strip)] : []),
    ],
  };
}

/** Values on an axis. Lines run behind them, so each has a halo of the colour it stands on, which covers them wholly. */
function axisLabels(axis: ParameterAxis, left: number): Spec {
  const text = { type: "text", align: "left", x: left, dx: 2, dy: -5, fontSize: 10.5, fontWeight: "bold" };
  return {
    data: inlineData(
      { y: "number", w: "string" },
      axis.ticks.map(({ at, label }) => [at, label]),
    ),
    encoding: { y: placed("y"), text: { field: "w", type: "nominal" } },
    layer: [
      { mark: { ...text, style: rim, strokeWidth: 6, strokeJoin: "round" } },
      { mark: { ...text, style: written } },
    ],
  };
}

function valueAxis(sweep: SweepData, trials: readonly TrialPoint[]): ParameterAxis[] {
  const values = trials.map((trial) => trial.value);
  const [low, high] = extremes(values);
  if (!(high > low)) return [];
  const up = sweep.direction === "maximize";
  // Halves: their difference may be beyond all numbers.
  const place = (value: number) => (up ? value / 2 - low / 2 : high / 2 - value / 2) / (high / 2 - low / 2);
  return [
    {
      name: "",
      type: "linear",
      whole: false,
      place: (value) => place(value as number),
      ticks: [low, low / 2 + high / 2, high].map((value) => ({
        at: place(value),
        label: shortNumber(value),
      })),
    },
  ];
}
