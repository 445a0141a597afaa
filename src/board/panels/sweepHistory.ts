/** How a sweep went: the value of every trial and the best so far; and the trials' own curves. */
import { shortNumber } from "../../base/table.js";
import { stepLabels, wholeTicks } from "../axisLabels.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { alarm, neutral } from "../palette.js";
import { chartTitle, type PanelStyle } from "../section.js";
import { bestPoint, bestSoFar, type SweepData, type TrialPoint } from "../sweepData.js";
import { yScale } from "../yScale.js";

const sizeOf = (style: PanelStyle) => ({ width: style.row / 2 - 48, height: style.card.height + 56 });
const best = "#dd6b0d";
const complete = "#2a86d8";

/** A trial's state → how its point looks. */
const looks: Readonly<Record<string, { shape: string; colour: string }>> = {
  complete: { shape: "circle", colour: complete },
  pruned: { shape: "cross", colour: neutral },
  failed: { shape: "triangle-up", colour: alarm },
  interrupted: { shape: "square", colour: "#a8850c" },
  running: { shape: "diamond", colour: "#109a74" },
};

/** Points of complete, pruned and failed trials; the line is the best complete value so far. */
export function optimisationHistory(sweep: SweepData, style: PanelStyle): Spec {
  const finite = sweep.trials.filter((trial) => Number.isFinite(trial.value));
  const states = Object.keys(looks).filter((state) => finite.some((trial) => trial.state === state));
  const y = yScale(
    finite.map((trial) => trial.value),
    style.y,
  );
  const x: Spec = {
    field: "n",
    type: "quantitative",
    title: "trial",
    scale: { zero: false, nice: false, domain: [-0.5, Math.max(0.5, sweep.trials.length - 0.5)] },
    axis: { format: "d", ...wholeTicks(0, sweep.trials.length - 1, 8) },
  };
  const yOf = { field: "v", type: "quantitative", title: sweep.metric, scale: y.scale, axis: y.axis };
  const tooltip = style.interactive
    ? {
        tooltip: [
          { field: "trial" },
          { field: "v", type: "quantitative", title: sweep.metric, format: ".7~g" },
          { field: "state" },
          { field: "params" },
        ],
      }
    : {};
  return {
    title: chartTitle("optimisation history"),
    ...sizeOf(style),
    layer: [
      {
        data: inlineData(
          { n: "number", v: "number" },
          bestSoFar(sweep).map(({ number, value }): Cell[] => [number, value]),
        ),
        mark: { type: "line", interpolate: "step-after", color: best, strokeWidth: 1.8 },
        encoding: { x, y: yOf },
      },
      {
        data: inlineData(
          { i: "number", n: "number", v: "number", s: "number" },
          finite.map((trial, i): Cell[] => [i, trial.number, trial.value, states.indexOf(trial.state)]),
        ),
        transform: [
          { calculate: pick(states, "s"), as: "state" },
          ...(style.interactive
            ? [
                { calculate: pick(finite.map(nameOf), "i"), as: "trial" },
                { calculate: pick(finite.map(written), "i"), as: "params" },
              ]
            : []),
        ],
        mark: { type: "point", size: 46, strokeWidth: 1.6, clip: true },
        encoding: {
          x,
          y: yOf,
          shape: {
            field: "state",
            type: "nominal",
            scale: { domain: states, range: states.map((state) => looks[state]?.shape) },
            legend: { title: null, orient: "top" },
          },
          color: {
            field: "state",
            type: "nominal",
            scale: { domain: states, range: states.map((state) => looks[state]?.colour) },
            legend: { title: null, orient: "top" },
          },
          ...tooltip,
        },
      },
    ],
  };
}

function nameOf(trial: TrialPoint): string {
  return trial.label ?? `trial ${trial.number}`;
}

function written(trial: TrialPoint): string {
  return Object.entries(trial.params)
    .map(([name, value]) => `${name}=${typeof value === "number" ? shortNumber(value) : value}`)
    .join(" ");
}

/** A curve a trial, over the steps of its reports. Pruned ones are faint and end in a cross; the best one is bold. */
export function intermediateValues(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const trials = sweep.trials.filter((trial) => trial.intermediate.length > 0);
  if (trials.length === 0) return undefined;
  const winner = bestPoint(sweep)?.number;
  const kind = (trial: TrialPoint) => (trial.number === winner ? 0 : trial.state === "pruned" ? 2 : 1);
  const ordered = [...trials].sort((a, b) => kind(b) - kind(a) || a.number - b.number);
  const rows = ordered.flatMap((trial) =>
    trial.intermediate.map(([step, value], i): Cell[] => [
      trial.number,
      step,
      value,
      kind(trial),
      i === trial.intermediate.length - 1 && trial.state === "pruned" ? 1 : 0,
    ]),
  );
  const y = yScale(
    trials.flatMap((trial) => trial.intermediate.map(([, value]) => value)),
    style.y,
  );
  const steps = rows.map((row) => row[1] as number);
  const kinds = ["best", "complete", "pruned"];
  const encoding: Spec = {
    x: {
      field: "x",
      type: "quantitative",
      title: "step",
      scale: { zero: false, nice: false },
      axis: { ...stepLabels, ...wholeTicks(Math.min(...steps), Math.max(...steps), 8) },
    },
    y: { field: "v", type: "quantitative", title: sweep.metric, scale: y.scale, axis: y.axis },
    color: {
      field: "kind",
      type: "nominal",
      scale: { domain: kinds, range: [best, complete, neutral] },
      legend: {
        title: null,
        orient: "top",
        symbolType: "stroke",
        symbolStrokeWidth: 3,
        symbolOpacity: 1,
      },
    },
  };
  return {
    title: chartTitle("intermediate values"),
    ...sizeOf(style),
    data: inlineData({ n: "number", x: "number", v: "number", k: "number", e: "number" }, rows),
    transform: [{ calculate: pick(kinds, "k"), as: "kind" }],
    encoding,
    layer: [
      {
        mark: { type: "line", clip: true, ...(rows.length === trials.length ? { point: true } : {}) },
        encoding: {
          detail: { field: "n", type: "nominal" },
          opacity: {
            condition: [
              { test: "datum.k == 0", value: 1 },
              { test: "datum.k == 2", value: 0.35 },
            ],
            value: 0.6,
          },
          strokeWidth: { condition: { test: "datum.k == 0", value: 2.4 }, value: 1.2 },
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "n", title: "trial", type: "quantitative" },
                  { field: "kind", title: "state" },
                ],
              }
            : {}),
        },
      },
      {
        transform: [{ filter: "datum.e" }],
        mark: { type: "point", shape: "cross", angle: 45, size: 38, filled: true, opacity: 0.8 },
        encoding: {
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "n", title: "pruned trial", type: "quantitative" },
                  { field: "x", title: "step", type: "quantitative" },
                  { field: "v", title: sweep.metric, type: "quantitative" },
                ],
              }
            : {}),
        },
      },
    ],
  };
}
