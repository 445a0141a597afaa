/** A slice of each parameter: its values against the objective. */

import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { neutral, runColour } from "../palette.js";
import { chartTitle, mutedLine, type PanelStyle } from "../section.js";
import { parameterAxes, type SweepData, shortMetricTitle } from "../sweepData.js";
import { trialNoun } from "../trialNoun.js";
import { yScale } from "../yScale.js";
import { rankedTrials } from "./rankedTrials.js";
import { numberTicks } from "./scatterMatrix.js";

/** One chart a parameter: its values against the objective; later ones bluer. */
export function slices(sweep: SweepData, style: PanelStyle): Spec[] {
  const ranked = rankedTrials(sweep);
  const { trials, note } = drawnTrials(ranked, style.points * 2, sweep.direction);
  const y = yScale(
    ranked.map((trial) => trial.value),
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
      title: {
        ...chartTitle(axis.name, note && `${trials.length} of ${ranked.length} ${trialNoun(ranked)} drawn`),
        limit: style.card.width,
      },
      description: `${sweep.metric} of ${rows.length} ${trialNoun(ranked)} against ${axis.name}`,
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
        y: { field: "v", type: "quantitative", title: shortMetricTitle(sweep), scale: y.scale, axis: y.axis },
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
