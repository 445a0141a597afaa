/** How a sweep went: the value of every trial, and the best so far. */
import { wholeTicks } from "../axisLabels.js";
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { chartTitle, type PanelStyle } from "../section.js";
import { bestPoint, bestSoFar, metricTitle, type SweepData } from "../sweepData.js";
import { bestColour, countStates, trialLooks, trialStates } from "../trialLooks.js";
import { yScale } from "../yScale.js";
import { nameOf, parametersOf } from "./trialTexts.js";

/** A point a trial that has a value; the line is the best complete value so far; the others are counted. */
export function optimisationHistory(sweep: SweepData, style: PanelStyle): Spec {
  const finite = sweep.trials.filter((trial) => Number.isFinite(trial.value));
  const without = countStates(sweep.trials.filter((trial) => !Number.isFinite(trial.value)));
  const { trials: shown, note } = drawnTrials(finite, style.points * 2, sweep.direction);
  const best = bestPoint(sweep);
  const notes = [without && `without a value: ${without}`, note].filter((part) => part) as string[];
  const states = trialStates.filter((state) => finite.some((trial) => trial.state === state));
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
  const yOf = { field: "v", type: "quantitative", title: metricTitle(sweep), scale: y.scale, axis: y.axis };
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
    title: {
      ...chartTitle("optimisation history", notes),
      limit: style.half.width,
    },
    description: `${sweep.metric} of ${finite.length} trials in the order of their start${best ? `; the best is ${nameOf(best)} with ${best.value}` : ""}`,
    ...style.half,
    layer: [
      {
        data: inlineData(
          { n: "number", v: "number" },
          bestSoFar(sweep).map(({ number, value }): Cell[] => [number, value]),
        ),
        mark: { type: "line", interpolate: "step-after", color: bestColour, strokeWidth: 1.8 },
        encoding: { x, y: yOf },
      },
      {
        data: inlineData(
          { i: "number", n: "number", v: "number", s: "number" },
          shown.map((trial, i): Cell[] => [i, trial.number, trial.value, states.indexOf(trial.state)]),
        ),
        transform: [
          { calculate: pick(states, "s"), as: "state" },
          ...(style.interactive
            ? [
                { calculate: pick(shown.map(nameOf), "i"), as: "trial" },
                { calculate: pick(shown.map(parametersOf), "i"), as: "params" },
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
            scale: { domain: states, range: states.map((state) => trialLooks[state].shape) },
            legend: { title: null, orient: "top" },
          },
          color: {
            field: "state",
            type: "nominal",
            scale: { domain: states, range: states.map((state) => trialLooks[state].colour) },
            legend: { title: null, orient: "top" },
          },
          ...tooltip,
        },
      },
    ],
  };
}
