/** The objective against what it costs: which trials no other beats in both. */
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { neutral } from "../palette.js";
import { paretoFront } from "../paretoFront.js";
import { chartTitle, mutedLine, type PanelStyle } from "../section.js";
import { metricTitle, type SweepData, type TrialPoint, withDirection } from "../sweepData.js";
import { bestColour } from "../trialLooks.js";
import { yScale } from "../yScale.js";
import { nameOf, parametersOf } from "./trialTexts.js";

type Weighed = TrialPoint & { readonly second: number };

/** Complete trials alone: what a pruned one cost is no training's cost. Undefined of what has no second metric. */
export function paretoChart(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const { second, trials, direction } = sweep;
  if (!second) return undefined;
  const complete = trials.filter(({ state, value }) => state === "complete" && Number.isFinite(value));
  const weighed = complete.filter((trial): trial is Weighed => Number.isFinite(trial.second));
  const title = "Pareto front";
  if (weighed.length === 0) {
    const sentence = `no complete trial has both ${sweep.metric} and ${second.title}`;
    return { title: chartTitle(title), ...mutedLine(sentence, { row: style.half.width }) };
  }
  const points = weighed.map((trial) => ({ x: trial.second, y: trial.value }));
  const front = paretoFront(points, { x: second.direction, y: direction }).map((i) => weighed[i] as Weighed);
  const onFront = new Set(front);
  const dominated = drawnTrials(
    weighed.filter((trial) => !onFront.has(trial)),
    style.points * 2,
    direction,
  );
  const [x, y] = [
    yScale(
      points.map((point) => point.x),
      "auto",
    ),
    yScale(
      points.map((point) => point.y),
      style.y,
    ),
  ];
  const place = {
    x: {
      field: "x",
      type: "quantitative",
      title: withDirection(second.title, second.direction),
      scale: x.scale,
      axis: x.axis,
    },
    y: { field: "y", type: "quantitative", title: metricTitle(sweep), scale: y.scale, axis: y.axis },
  };
  const left = complete.length - weighed.length;
  const note = [
    dominated.note && `of the others ${dominated.trials.length} are drawn`,
    left > 0 ? `${left} without ${second.title} left out` : undefined,
  ].filter((part) => part !== undefined);
  const pointsLayer = (shown: readonly Weighed[], mark: Spec): Spec => ({
    data: inlineData(
      { i: "number", x: "number", y: "number" },
      shown.map((trial, i): Cell[] => [i, trial.second, trial.value]),
    ),
    ...(style.interactive
      ? {
          transform: [
            { calculate: pick(shown.map(nameOf), "i"), as: "trial" },
            { calculate: pick(shown.map(parametersOf), "i"), as: "parameters" },
          ],
        }
      : {}),
    mark: { type: "point", filled: true, ...mark },
    encoding: { ...place, ...(style.interactive ? { tooltip: tooltipOf(sweep.metric, second.title) } : {}) },
  });
  return {
    title: {
      ...chartTitle(title, [`${front.length} of ${weighed.length} complete trials are on it`, ...note]),
      limit: style.half.width,
    },
    description: `${sweep.metric} against ${second.title} of ${weighed.length} complete trials; on the front: ${front.slice(0, 20).map(nameOf).join(", ")}`,
    ...style.half,
    layer: [
      pointsLayer(dominated.trials as readonly Weighed[], { size: 36, color: neutral, opacity: 0.45 }),
      {
        data: inlineData(
          { x: "number", y: "number" },
          front.map(({ second: at, value }): Cell[] => [at, value]),
        ),
        // The border of what is reached: nothing lies beyond it.
        mark: {
          type: "line",
          interpolate: second.direction === "minimize" ? "step-after" : "step-before",
          color: bestColour,
          strokeWidth: 1.6,
        },
        encoding: place,
      },
      pointsLayer(front, { size: 60, color: bestColour, opacity: 1 }),
    ],
  };
}

function tooltipOf(metric: string, second: string): Spec[] {
  return [
    { field: "trial" },
    { field: "y", title: metric, type: "quantitative", format: ".7~g" },
    { field: "x", title: second, type: "quantitative", format: ".5~g" },
    { field: "parameters" },
  ];
}
