/** Runs of different configurations seen as the trials of one sweep. */
import { extremes } from "../../base/extremes.js";
import { tags } from "../../base/tags.js";
import type { Distribution, ParameterValue } from "../../sweep/distribution.js";
import { importances } from "../../sweep/importances.js";
import { importanceDoubt } from "../importanceDoubt.js";
import { duration, type ParetoChoice, parameterCount, secondMetric, tagOf } from "../secondMetric.js";
import type { BoardRun } from "../series.js";
import { parameterAxes, type SweepData, type TrialPoint } from "../sweepData.js";

/** Best first: what a person compares runs by. */
const metrics: readonly { tag: string; name: string; direction: SweepData["direction"] }[] = [
  { tag: tags.epoch("valAccuracy"), name: "valAccuracy", direction: "maximize" },
  { tag: tags.epoch("valLoss"), name: "valLoss", direction: "minimize" },
  { tag: tags.epoch("loss"), name: "loss", direction: "minimize" },
  { tag: tags.train("loss"), name: "train/loss", direction: "minimize" },
];

/** Undefined where fewer than two share a metric. */
export function runsAsSweep(
  runs: readonly BoardRun[],
  pareto: ParetoChoice = { name: duration },
): SweepData | undefined {
  const metric = sharedMetric(runs);
  if (!metric) return undefined;
  const second = secondMetric(pareto);
  const trials = runs.flatMap((run, number): TrialPoint[] => {
    const values = [...(run.data.scalars.get(metric.tag)?.values ?? [])].filter(Number.isFinite);
    if (values.length === 0) return [];
    const value = bestOf(values, metric.direction);
    const other = secondValue(run, pareto.name, second.direction);
    return [
      {
        number,
        label: run.label,
        state: "complete",
        params: flat(run.data.record.config),
        value,
        intermediate: [],
        ...(other === undefined ? {} : { second: other }),
      },
    ];
  });
  return {
    name: "runs",
    direction: metric.direction,
    metric: `best ${metric.name}`,
    trials,
    distributions: {},
    second,
    importances: importancesOf(trials, metric.direction),
  };
}

/** What two of them at least have. */
export function sharedMetric(runs: readonly BoardRun[]) {
  return metrics.find(({ tag }) => runs.filter(({ data }) => data.scalars.has(tag)).length >= 2);
}

function bestOf(values: readonly number[], direction: SweepData["direction"]): number {
  return values.reduce((a, b) => (direction === "maximize" ? Math.max(a, b) : Math.min(a, b)));
}

/** Of a run the seconds from its first point to its last, its model's size, or the best value of a metric. */
function secondValue(
  { data: { scalars, record } }: BoardRun,
  name: string,
  direction: SweepData["direction"],
): number | undefined {
  if (name === parameterCount) return record.model?.parameters;
  if (name === duration) {
    const ends = [...scalars.values()].flatMap(({ wallTimes }) => [wallTimes[0], wallTimes.at(-1)]);
    const times = ends.filter((time) => time !== undefined && Number.isFinite(time)) as number[];
    const [first, last] = extremes(times);
    return times.length === 0 ? undefined : last - first;
  }
  const own = flat(record.config)[name];
  if (typeof own === "number") return own;
  const values = [...(tagOf(scalars, name)?.values ?? [])].filter(Number.isFinite);
  return values.length === 0 ? undefined : bestOf(values, direction);
}

/** Runs do not say where their values came from: the ranges are those of the values. */
function importancesOf(
  trials: readonly TrialPoint[],
  direction: SweepData["direction"],
): Record<string, number> {
  if (importanceDoubt(trials) !== undefined) return {};
  const axes = parameterAxes({ trials, distributions: {} });
  const distributions: Record<string, Distribution> = {};
  for (const { name, type } of axes) {
    const values = trials.flatMap(({ params }) => (name in params ? [params[name] as ParameterValue] : []));
    const numbers = values as number[];
    const [low, high] = extremes(numbers);
    distributions[name] =
      type === "category"
        ? { kind: "categorical", choices: [...new Set(values)] }
        : { kind: "float", low, high, log: type === "log" };
  }
  const weighed = trials.map((trial) => ({
    ...trial,
    params: Object.fromEntries(Object.entries(trial.params).filter(([name]) => name in distributions)),
    distributions,
  }));
  return importances(weighed, direction);
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
