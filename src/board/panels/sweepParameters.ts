/** What the parameters did: parallel coordinates of all of them, and a slice of each. */
import { shortNumber } from "../../base/table.js";
import { plainLabels, powerLabels, powersWithin, roundWithin, wholeTicks } from "../axisLabels.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { rim, written } from "../look.js";
import { neutral, runColour } from "../palette.js";
import { chartTitle, mutedLine, type PanelStyle } from "../section.js";
import { type ParameterAxis, parameterAxes, type SweepData, type TrialPoint } from "../sweepData.js";
import { yScale } from "../yScale.js";

/** From worse to better. */
const ramp = ["#8f97c4", "#b070b8", "#dd6b0d"];

function valued(sweep: SweepData): TrialPoint[] {
  const better = sweep.direction === "maximize" ? 1 : -1;
  return sweep.trials
    .filter(
      (trial) => Number.isFinite(trial.value) && (trial.state === "complete" || trial.state === "pruned"),
    )
    .sort((a, b) => better * (a.value - b.value));
}

/** One line a trial across an axis a parameter and the objective; better trials are drawn last and in orange. */
export function parallelCoordinates(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const trials = valued(sweep);
  const axes = [...parameterAxes(sweep), ...valueAxis(sweep, trials)];
  if (axes.length < 2 || trials.length < 2) return undefined;
  const rows = trials.flatMap((trial, rank) =>
    axes.flatMap((axis, a): Cell[][] => {
      const value = axis.name === "" ? trial.value : trial.params[axis.name];
      const at = axis.place(value);
      return at === undefined
        ? []
        : [[trial.number, a, at, rank / (trials.length - 1), shown(value), trial.state === "pruned" ? 1 : 0]];
    }),
  );
  const names = axes.map((axis) => axis.name || sweep.metric);
  const x: Spec = {
    field: "a",
    type: "quantitative",
    title: null,
    scale: { domain: [-0.25, axes.length - 0.55], nice: false },
    axis: {
      orient: "top",
      values: names.map((_, i) => i),
      labelExpr: `${JSON.stringify(names)}[datum.value]`,
      labelLimit: 130,
      labelFontWeight: "bold",
      domain: false,
      ticks: false,
      grid: false,
    },
  };
  const y: Spec = {
    field: "y",
    type: "quantitative",
    scale: { domain: [-0.02, 1.08], nice: false },
    axis: null,
  };
  const tooltip = [
    { field: "n", title: "trial", type: "quantitative" },
    { field: "p", title: "parameter" },
    { field: "w", title: "value" },
  ];
  return {
    title: { ...chartTitle("parallel coordinates: better ones in orange"), limit: style.row },
    width: style.row - 24,
    height: 190,
    layer: [
      {
        data: inlineData(
          { n: "number", a: "number", y: "number", c: "number", w: "string", k: "number" },
          rows,
        ),
        transform: [{ calculate: pick(names, "a"), as: "p" }],
        mark: { type: "line", interpolate: "monotone" },
        encoding: {
          x,
          y,
          detail: { field: "n", type: "nominal" },
          order: { field: "a", type: "quantitative" },
          color: {
            field: "c",
            type: "quantitative",
            scale: { domain: [0, 0.5, 1], range: ramp },
            legend: null,
          },
          opacity: { condition: { test: "datum.k == 1", value: 0.3 }, value: 0.8 },
          strokeWidth: { condition: { test: "datum.c == 1", value: 3 }, value: 1.3 },
          ...(style.interactive ? { tooltip } : {}),
        },
      },
      {
        data: inlineData(
          { a: "number" },
          axes.map((_, a) => [a]),
        ),
        mark: { type: "rule", color: neutral },
        encoding: { x },
      },
      axisLabels(axes, { x, y }),
    ],
  };
}

/** Values on the axes. Lines run behind them, so each has a halo of the colour it stands on, which covers them wholly. */
function axisLabels(axes: readonly ParameterAxis[], place: { x: Spec; y: Spec }): Spec {
  const text = { type: "text", align: "left", dx: 6, dy: -6, fontSize: 10.5, fontWeight: "bold" };
  return {
    data: inlineData(
      { a: "number", y: "number", w: "string" },
      axes.flatMap((axis, a) => axis.ticks.map(({ at, label }) => [a, at, label])),
    ),
    encoding: { ...place, text: { field: "w", type: "nominal" } },
    layer: [
      { mark: { ...text, style: rim, strokeWidth: 6, strokeJoin: "round" } },
      { mark: { ...text, style: written } },
    ],
  };
}

function numberTicks({ type, whole }: ParameterAxis, values: readonly number[]): Spec {
  if (type === "log") {
    const range = [Math.min(...values), Math.max(...values)] as const;
    const powers = powersWithin(...range, 5);
    return powers ? { ...powerLabels, values: powers } : { ...plainLabels, values: roundWithin(...range) };
  }
  const ticks = whole ? wholeTicks(Math.min(...values), Math.max(...values), 4) : { tickCount: 4 };
  return { ...plainLabels, ...ticks, labelOverlap: true };
}

function valueAxis(sweep: SweepData, trials: readonly TrialPoint[]): ParameterAxis[] {
  const values = trials.map((trial) => trial.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low)) return [];
  const up = sweep.direction === "maximize";
  const place = (value: number) => (up ? value - low : high - value) / (high - low);
  return [
    {
      name: "",
      type: "linear",
      whole: false,
      place: (value) => place(value as number),
      ticks: [low, (low + high) / 2, high].map((value) => ({
        at: place(value),
        label: shortNumber(value),
      })),
    },
  ];
}

function shown(value: unknown): string {
  return typeof value === "number" ? shortNumber(value, 6) : String(value);
}

/** One chart a parameter: its values against the objective; later ones bluer. */
export function slices(sweep: SweepData, style: PanelStyle): Spec[] {
  const trials = valued(sweep);
  const y = yScale(
    trials.map((trial) => trial.value),
    style.y,
  );
  return parameterAxes(sweep).map((axis) => {
    const category = axis.type === "category";
    const rows = trials.flatMap((trial): Cell[][] =>
      axis.name in trial.params
        ? [
            [
              trial.number,
              category ? String(trial.params[axis.name]) : Number(trial.params[axis.name]),
              trial.value,
              trial.state,
            ],
          ]
        : [],
    );
    if (rows.length === 0) {
      const sentence = mutedLine("no trial with it has a value yet", { row: style.card.width });
      return { title: chartTitle(axis.name), ...sentence };
    }
    return {
      title: chartTitle(axis.name),
      width: style.card.width,
      height: style.card.height,
      data: inlineData({ n: "number", x: category ? "string" : "number", v: "number", k: "string" }, rows),
      mark: { type: "point", filled: true, size: 40, clip: true },
      encoding: {
        x: category
          ? {
              field: "x",
              type: "nominal",
              title: null,
              sort: axis.ticks.map((tick) => tick.label),
              axis: { labelAngle: 0, labelLimit: 70, labelOverlap: true },
            }
          : {
              field: "x",
              type: "quantitative",
              title: null,
              scale: {
                type: axis.type,
                nice: false,
                padding: 6,
                ...(axis.type === "log" ? {} : { zero: false }),
              },
              axis: numberTicks(
                axis,
                rows.map((row) => row[1] as number),
              ),
            },
        y: { field: "v", type: "quantitative", title: sweep.metric, scale: y.scale, axis: y.axis },
        color: { field: "n", type: "quantitative", scale: { range: [neutral, runColour(0)] }, legend: null },
        opacity: { condition: { test: "datum.k == 'pruned'", value: 0.4 }, value: 0.95 },
        ...(style.interactive
          ? {
              tooltip: [
                { field: "n", title: "trial", type: "quantitative" },
                { field: "x", title: axis.name, type: category ? "nominal" : "quantitative" },
                { field: "v", title: sweep.metric, type: "quantitative", format: ".7~g" },
                { field: "k", title: "state" },
              ],
            }
          : {}),
      },
    };
  });
}
