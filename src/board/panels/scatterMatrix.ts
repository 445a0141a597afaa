/** Parameters against each other and against the objective; a brush in one chart picks trials in all of them. */

import { extremes } from "../../base/extremes.js";
import { plainLabels, powerLabels, powersWithin, roundWithin, wholeTicks } from "../axisLabels.js";
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
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
import { yScale } from "../yScale.js";
import { mostImportant } from "./mostImportant.js";
import { rankedTrials, worseToBetter } from "./rankedTrials.js";
import { nameOf } from "./trialTexts.js";

/** With the objective five variables: ten charts. */
const mostParameters = 4;
const between = 10;
const axisRoom = 96;

/** A variable of the matrix, whose values are in the column of its name. */
interface Variable {
  readonly field: string;
  readonly title: string;
  readonly channel: Spec;
  readonly axis: Spec;
  of(trial: TrialPoint): Cell;
  readonly cell: "number" | "string";
}

/** @param id of the sweep on its board. Undefined where there is nothing to set against each other. */
export function scatterMatrix(sweep: SweepData, style: PanelStyle, id: number): Spec | undefined {
  const ranked = rankedTrials(sweep);
  const { shown, note: leftOut } = mostImportant(parameterAxes(sweep), mostParameters, sweep);
  // Two parameters at least: one against the objective is its slice.
  if (shown.length < 2 || ranked.length < 2) return undefined;
  const { trials, note } = drawnTrials(ranked, style.points * 2, sweep.direction);
  const rank = new Map(ranked.map((trial, i) => [trial, i / (ranked.length - 1)]));
  const variables = [
    ...shown.map((axis, i) => parameterVariable(axis, i, trials)),
    objective(sweep, ranked, style),
  ];
  const columns = variables.length - 1;
  const width = Math.min(150, Math.floor((style.row - axisRoom - (columns - 1) * between) / columns));
  const size = { width, height: Math.round(width * 0.8) };
  const param = `matrix_${id}`;
  const notes = [
    "better ones in orange, pruned ones smaller",
    ...(style.interactive ? [`drag in one chart to pick ${trialNoun(trials)} in all`] : []),
    ...(leftOut ? [leftOut] : []),
    ...(note ? [note] : []),
  ];
  return {
    title: { ...chartTitle("scatter matrix", notes.join("; ")), limit: style.row },
    description: `Scatter matrix of ${trials.length} ${trialNoun(trials)}: ${variables.map(({ title }) => title).join(", ")}`,
    data: inlineData(
      Object.fromEntries([
        ["t", "string"],
        ["c", "number"],
        ["k", "number"],
        ...variables.map(({ field, cell }) => [field, cell]),
      ]) as Record<string, "number" | "string">,
      trials.map((trial) => [
        nameOf(trial),
        Math.round((rank.get(trial) ?? 0) * 1e4) / 1e4,
        trial.state === "pruned" ? 1 : 0,
        ...variables.map((variable) => variable.of(trial)),
      ]),
    ),
    spacing: between,
    vconcat: variables.slice(1).map((vertical, row) => ({
      spacing: between,
      bounds: "flush",
      hconcat: variables.slice(0, row + 1).map((horizontal, column) => ({
        ...size,
        name: `${param}_${row}_${column}`,
        ...(style.interactive
          ? { params: [{ name: param, select: { type: "interval", resolve: "global" } }] }
          : {}),
        transform: [{ filter: `isValid(datum.${horizontal.field}) && isValid(datum.${vertical.field})` }],
        mark: { type: "point", filled: true, clip: false },
        encoding: {
          x: {
            ...horizontal.channel,
            ...(row === columns - 1
              ? { title: horizontal.title, axis: horizontal.axis }
              : { title: null, axis: bare(horizontal.axis) }),
          },
          y: {
            ...vertical.channel,
            ...(column === 0
              ? { title: vertical.title, axis: vertical.axis }
              : { title: null, axis: bare(vertical.axis) }),
          },
          ...pointLook(style.interactive ? param : undefined),
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "t", title: "trial" },
                  ...variables.map(({ field, title, cell }) => ({
                    field,
                    title,
                    type: cell === "number" ? "quantitative" : "nominal",
                  })),
                ],
              }
            : {}),
        },
      })),
    })),
  };
}

/** With its grid and ticks alone. */
function bare(axis: Spec): Spec {
  return { ...axis, labels: false, ticks: false };
}

function pointLook(param: string | undefined): Spec {
  const ramp = {
    field: "c",
    type: "quantitative",
    scale: { domain: [0, 0.5, 1], range: worseToBetter },
    legend: null,
  };
  return {
    color: param ? { condition: { param, ...ramp }, value: neutral } : ramp,
    opacity: param ? { condition: { param, value: 0.85 }, value: 0.15 } : { value: 0.85 },
    size: { condition: { test: "datum.k == 1", value: 14 }, value: 30 },
    order: { field: "c", type: "quantitative" },
  };
}

function parameterVariable(axis: ParameterAxis, index: number, trials: readonly TrialPoint[]): Variable {
  const field = `p${index}`;
  const own = trials.flatMap(({ params }) => (axis.name in params ? [params[axis.name]] : []));
  if (axis.type === "category")
    return {
      field,
      title: axis.name,
      cell: "string",
      of: ({ params }) => (axis.name in params ? String(params[axis.name]) : ""),
      channel: {
        field,
        type: "nominal",
        sort: axis.ticks.map(({ label }) => label),
        scale: { type: "point", padding: 0.6 },
      },
      axis: { labelAngle: 0, labelLimit: 64, labelOverlap: true, grid: true },
    };
  return {
    field,
    title: axis.name,
    cell: "number",
    of: ({ params }) => (axis.name in params ? Number(params[axis.name]) : Number.NaN),
    channel: {
      field,
      type: "quantitative",
      scale: { type: axis.type, nice: false, padding: 6, ...(axis.type === "log" ? {} : { zero: false }) },
    },
    axis: numberTicks(axis, own as number[]),
  };
}

function objective(sweep: SweepData, trials: readonly TrialPoint[], style: PanelStyle): Variable {
  const { scale, axis } = yScale(
    trials.map(({ value }) => value),
    style.y,
  );
  return {
    field: "v",
    title: shortMetricTitle(sweep),
    cell: "number",
    of: ({ value }) => value,
    channel: { field: "v", type: "quantitative", scale },
    axis,
  };
}

/** Ticks of a parameter's axis, about four. */
export function numberTicks({ type, whole }: ParameterAxis, values: readonly number[]): Spec {
  const range = extremes(values);
  if (type === "log") {
    const powers = powersWithin(...range, 5);
    return powers ? { ...powerLabels, values: powers } : { ...plainLabels, values: roundWithin(...range) };
  }
  const ticks = whole ? wholeTicks(...range, 4) : { tickCount: 4 };
  return { ...plainLabels, ...ticks, labelOverlap: true };
}
