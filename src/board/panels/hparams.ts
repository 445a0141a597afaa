/** Everything about one sweep, or about several runs of different configurations seen as one. */

import { tags } from "../../base/tags.js";
import type { ParameterValue } from "../../sweep/distribution.js";
import { mutedLine, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import type { SweepData, TrialPoint } from "../sweepData.js";
import { intermediateValues, optimisationHistory } from "./sweepHistory.js";
import { parallelCoordinates, slices } from "./sweepParameters.js";

export function sweepSections(sweep: SweepData, style: PanelStyle): Section[] {
  const curves = intermediateValues(sweep, style);
  const coordinates = parallelCoordinates(sweep, style);
  const valued = sweep.trials.some((trial) => Number.isFinite(trial.value));
  const history = {
    title: `sweep ${sweep.name}`,
    columns: 2,
    cards: [
      valued ? optimisationHistory(sweep, style) : mutedLine(withoutValues(sweep), style),
      ...(curves ? [curves] : []),
    ],
  };
  return [history, ...parameterSections(sweep, style, coordinates)];
}

/** Why there is nothing to draw, with the first error on the way. */
function withoutValues({ trials }: SweepData): string {
  const failed = trials.filter(({ state }) => state === "failed");
  if (failed.length === 0) return "no trial has a value yet";
  const count =
    failed.length === trials.length
      ? failed.length === 1
        ? "the only trial failed"
        : `all ${trials.length} trials failed`
      : `no trial has a value yet, ${failed.length} of ${trials.length} failed`;
  const error = failed.find(({ error }) => error)?.error?.split("\n")[0];
  return error ? `${count}: ${error}` : count;
}

function parameterSections(
  sweep: SweepData,
  style: PanelStyle,
  coordinates = parallelCoordinates(sweep, style),
): Section[] {
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
