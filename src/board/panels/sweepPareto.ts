/** The objective against what it costs: which trials no other beats in both. */
import { counted } from "../../base/counted.js";
import { spread } from "../downsample.js";
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { neutral } from "../palette.js";
import { paretoFront } from "../paretoFront.js";
import { chartTitle, mutedLine, type PanelStyle } from "../section.js";
import { metricTitle, type SweepData, type TrialPoint, withDirection } from "../sweepData.js";
import { bestColour } from "../trialLooks.js";
import { completeNoun, trialNoun } from "../trialNoun.js";
import { yScale } from "../yScale.js";
import { nameOf, parametersOf } from "./trialTexts.js";

type Weighed = TrialPoint & { readonly second: number };

/** Where trials of the front lie: the first of them, and how many more have the same two values. */
interface Place {
  readonly trial: Weighed;
  readonly others: number;
}

/** Complete trials alone: what a pruned one cost is no training's cost. Undefined of what has no second metric. */
export function paretoChart(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const { second, trials, direction } = sweep;
  if (!second) return undefined;
  const complete = trials.filter(({ state, value }) => state === "complete" && Number.isFinite(value));
  const weighed = complete.filter((trial): trial is Weighed => Number.isFinite(trial.second));
  const title = "Pareto front";
  if (weighed.length === 0) {
    const sentence = `no ${trialNoun(trials) === "runs" ? "run" : "complete trial"} has both ${sweep.metric} and ${second.title}`;
    return { title: chartTitle(title), ...mutedLine(sentence, { row: style.half.width }) };
  }
  const points = weighed.map((trial) => ({ x: trial.second, y: trial.value }));
  const front = paretoFront(points, { x: second.direction, y: direction }).map((i) => weighed[i] as Weighed);
  const onFront = new Set(front);
  const places = placesOf(front);
  const drawn = spread(places, style.points);
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
    drawn.length < places.length
      ? `${drawn.length} of their ${places.length} places are drawn, evenly spread`
      : undefined,
    dominated.note && `of the others ${dominated.trials.length} are drawn`,
    left > 0 ? `${left} without ${second.title} left out` : undefined,
  ].filter((part) => part !== undefined);
  const pointsLayer = (shown: readonly Place[], mark: Spec): Spec => ({
    data: inlineData(
      { i: "number", x: "number", y: "number" },
      shown.map(({ trial }, i): Cell[] => [i, trial.second, trial.value]),
    ),
    ...(style.interactive
      ? {
          transform: [
            { calculate: pick(shown.map(placeName), "i"), as: "trial" },
            {
              calculate: pick(
                shown.map(({ trial }) => parametersOf(trial)),
                "i",
              ),
              as: "parameters",
            },
          ],
        }
      : {}),
    mark: { type: "point", filled: true, ...mark },
    encoding: { ...place, ...(style.interactive ? { tooltip: tooltipOf(sweep.metric, second.title) } : {}) },
  });
  return {
    title: {
      ...chartTitle(title, [
        `${front.length} of ${weighed.length} ${completeNoun(weighed)} are on it`,
        ...note,
      ]),
      limit: style.half.width,
    },
    description: `${sweep.metric} against ${second.title} of ${weighed.length} ${completeNoun(weighed)}; on the front: ${front.slice(0, 20).map(nameOf).join(", ")}`,
    ...style.half,
    layer: [
      // None where all are on the front: an empty group of marks is a picture without words to a screen reader.
      ...(dominated.trials.length > 0
        ? [
            pointsLayer(
              dominated.trials.map((trial) => ({ trial: trial as Weighed, others: 0 })),
              { size: 36, color: neutral, opacity: 0.45 },
            ),
          ]
        : []),
      {
        data: inlineData(
          { x: "number", y: "number" },
          drawn.map(({ trial }): Cell[] => [trial.second, trial.value]),
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
      pointsLayer(drawn, { size: 60, color: bestColour, opacity: 1 }),
    ],
  };
}

/** Equal ones stand together on a front. */
function placesOf(front: readonly Weighed[]): Place[] {
  const places: { trial: Weighed; others: number }[] = [];
  for (const trial of front) {
    const last = places.at(-1);
    if (last && last.trial.second === trial.second && last.trial.value === trial.value) last.others++;
    else places.push({ trial, others: 0 });
  }
  return places;
}

function placeName({ trial, others }: Place): string {
  return others === 0 ? nameOf(trial) : `${nameOf(trial)} and ${counted(others, "equal one")}`;
}

function tooltipOf(metric: string, second: string): Spec[] {
  return [
    { field: "trial" },
    { field: "y", title: metric, type: "quantitative", format: ".7~g" },
    { field: "x", title: second, type: "quantitative", format: ".5~g" },
    { field: "parameters" },
  ];
}
