/** Everything about one sweep, or about several runs of different configurations seen as one. */

import { tags } from "../../base/tags.js";
import type { ParameterValue } from "../../sweep/distribution.js";
import { mutedLine, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import type { SweepData, TrialPoint } from "../sweepData.js";
import { countStates } from "../trialLooks.js";
import { intermediateValues } from "./sweepCurves.js";
import { optimisationHistory } from "./sweepHistory.js";
import { parallelCoordinates, slices } from "./sweepParameters.js";

/** Without a value of any trial a sentence stands for all charts of values, and the trials' curves below it. */
export function sweepSections(sweep: SweepData, style: PanelStyle): Section[] {
  const curves = intermediateValues(sweep, style);
  const valued = sweep.trials.some((trial) => Number.isFinite(trial.value));
  const history = valued ? optimisationHistory(sweep, style) : mutedLine(withoutValues(sweep), style);
  return [
    { title: `sweep ${sweep.name}`, columns: valued ? 2 : 1, cards: [history, ...(curves ? [curves] : [])] },
    ...(valued ? parameterSections(sweep, style) : []),
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

function parameterSections(sweep: SweepData, style: PanelStyle): Section[] {
  const coordinates = parallelCoordinates(sweep, style);
  const cards = slices(sweep, style);
  return [
    ...(coordinates ? [{ title: `parameters of ${sweep.name}`, columns: 1, cards: [coordinates] }] : []),
    ...(cards.length > 0 ? [{ title: "slices: later ones bluer", columns: 3, cards }] : []),
  ];
}

/** Parallel coordinates and slices of runs, where their configurations differ and they share a metric. */
export function hparams(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const sweep = runsAsSweep(runs);
  return sweep ? parameterSections(sweep, style) : [];
}

/** Best first: what a person compares runs by. */
const metrics: readonly { tag: string; name: string; direction: SweepData["direction"] }[] = [
  { tag: tags.epoch("valAccuracy"), name: "valAccuracy", direction: "maximize" },
  { tag: tags.epoch("valLoss"), name: "valLoss", direction: "minimize" },
  { tag: tags.epoch("loss"), name: "loss", direction: "minimize" },
  { tag: tags.train("loss"), name: "train/loss", direction: "minimize" },
];

function runsAsSweep(runs: readonly BoardRun[]): SweepData | undefined {
  const metric = metrics.find(({ tag }) => runs.filter(({ data }) => data.scalars.has(tag)).length >= 2);
  if (!metric) return undefined;
  const trials = runs.flatMap((run, number): TrialPoint[] => {
    const values = [...(run.data.scalars.get(metric.tag)?.values ?? [])].filter(Number.isFinite);
    if (values.length === 0) return [];
    const value = metric.direction === "maximize" ? Math.max(...values) : Math.min(...values);
    return [
      {
        number,
        label: run.label,
        state: "complete",
        params: flat(run.data.record.config),
        value,
        intermediate: [],
      },
    ];
  });
  return {
    name: "runs",
    direction: metric.direction,
    metric: `best ${metric.name}`,
    trials,
    distributions: {},
  };
}

/** `{ optimizer: { learningRate: 1 } }` → `{ "optimizer.learningRate": 1 }`; lists are written out. */
export function flat(config: Readonly<Record<string, unknown>>, prefix = ""): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {};
  for (const [key, value] of Object.entries(config)) {
    const name = `${prefix}${key}`;
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      Object.assign(values, flat(value as Record<string, unknown>, `${name}.`));
    else if (value === null || ["string", "number", "boolean"].includes(typeof value))
      values[name] = value as ParameterValue;
    else if (Array.isArray(value)) values[name] = JSON.stringify(value);
  }
  return values;
}
