/** How the lines of runs are told apart. */
import type { Spec } from "../inlineData.js";
import { neutral, runColour } from "../palette.js";
import type { BoardRun } from "../series.js";

/** A colour a run, with the legend that picks runs. */
export function coloursOfRuns(runs: readonly BoardRun[]): Spec {
  const labels = runs.map((run) => run.label);
  return {
    field: "run",
    type: "nominal",
    scale: { domain: labels, range: labels.map((_, i) => runColour(i)) },
    legend: {
      title: null,
      orient: "top",
      columns: Math.min(6, labels.length),
      symbolType: "stroke",
      symbolStrokeWidth: 3,
      symbolOpacity: 1,
    },
  };
}

/** Label → colour. */
export function coloursByRun(runs: readonly BoardRun[]): Map<string, string> {
  return new Map(runs.map(({ label }, i) => [label, runColour(i)]));
}

/** Training in whole lines, validation in dashes. */
export function dashesOfSets(sets: readonly string[]): Spec {
  return {
    field: "set",
    type: "nominal",
    scale: {
      domain: sets,
      range: [
        [1, 0],
        [5, 3],
      ],
    },
    legend: {
      title: null,
      orient: "top",
      symbolType: "stroke",
      symbolStrokeColor: neutral,
      symbolOpacity: 1,
      symbolStrokeWidth: 2,
    },
  };
}
