/** Everything about one sweep, or about several runs of different configurations seen as one. */

import type { Spec } from "../inlineData.js";
import type { ParetoChoice } from "../secondMetric.js";
import { chartTitle, mutedLine, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import type { SweepData } from "../sweepData.js";
import { countStates } from "../trialLooks.js";
import { withoutClock } from "../withoutClock.js";
import { parallelCoordinates } from "./parallelCoordinates.js";
import { runsAsSweep } from "./runsAsSweep.js";
import { scatterMatrix } from "./scatterMatrix.js";
import { slices } from "./slices.js";
import { intermediateValues } from "./sweepCurves.js";
import { optimisationHistory } from "./sweepHistory.js";
import { importancesChart } from "./sweepImportances.js";
import { paretoChart } from "./sweepPareto.js";
import { rungsSection } from "./sweepRungs.js";
import { workersTimeline } from "./sweepTimeline.js";
import { trialTableSection } from "./trialTable.js";

/**
 * Without a value of any trial a sentence stands for all charts of values, and the trials' curves below it. Still pictures
 * leave out what the clock says: durations, and when who worked.
 *
 * @param id tells the selections of several sweeps on a board apart.
 */
export function sweepSections(given: SweepData, style: PanelStyle, id = 0): Section[] {
  const sweep = style.interactive ? given : withoutClock(given);
  const curves = intermediateValues(sweep, style);
  const valued = sweep.trials.some((trial) => Number.isFinite(trial.value));
  const history = valued
    ? optimisationHistory(sweep, style)
    : { title: chartTitle("optimisation history"), ...mutedLine(withoutValues(sweep), style) };
  const timeline = style.interactive ? workersTimeline(sweep, style) : undefined;
  return [
    { title: `sweep ${sweep.name}`, columns: valued ? 2 : 1, cards: [history, ...(curves ? [curves] : [])] },
    ...(valued ? parameterSections(sweep, style, id) : []),
    ...rungsSection(sweep, style),
    ...(timeline ? [{ title: `workers of ${sweep.name}`, columns: 1, cards: [timeline] }] : []),
  ];
}

/** Why there is nothing to draw, with the first error on the way. */
function withoutValues({ trials }: SweepData): string {
  const failed = trials.filter(({ state }) => state === "failed");
  const error = failed.find(({ error }) => error)?.error?.split("\n")[0];
  const told = error ? `: ${error}` : "";
  if (failed.length === 0 || failed.length < trials.length) {
    const states = countStates(trials);
    return `no trial has a value yet${states && ` (${states})`}${told}`;
  }
  return `${failed.length === 1 ? "the only trial failed" : `all ${failed.length} trials failed`}${told}`;
}

function parameterSections(sweep: SweepData, style: PanelStyle, id: number): Section[] {
  const section = (title: string, columns: number, found: readonly (Spec | undefined)[]): Section[] => {
    const cards = found.filter((card) => card !== undefined);
    return cards.length > 0 ? [{ title, columns, cards }] : [];
  };
  return [
    ...section(`parameters of ${sweep.name}`, 1, [parallelCoordinates(sweep, style, id)]),
    ...section("what matters, and what it costs", 2, [
      importancesChart(sweep, style),
      paretoChart(sweep, style),
    ]),
    ...section("pairs of parameters", 1, [scatterMatrix(sweep, style, id)]),
    ...trialTableSection(sweep, style),
    ...section("slices: later ones bluer", 3, slices(sweep, style)),
  ];
}

/** The charts of parameters, of runs whose configurations differ and which share a metric. */
export function hparams(
  runs: readonly BoardRun[],
  style: PanelStyle,
  options: { readonly pareto?: ParetoChoice | undefined; readonly id?: number } = {},
): Section[] {
  const sweep = runsAsSweep(runs, options.pareto);
  if (!sweep) return [];
  return parameterSections(style.interactive ? sweep : withoutClock(sweep), style, options.id ?? 0);
}
