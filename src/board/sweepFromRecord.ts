/** From a sweep's files to what its panels draw. */
import { counted } from "../base/counted.js";
import { importances } from "../sweep/importances.js";
import type { SweepSummary } from "../sweep/readSweep.js";
import type { TrialRecord } from "../sweep/trialRecord.js";
import { importanceDoubt } from "./importanceDoubt.js";
import { recordedValue } from "./recordedValue.js";
import { duration, type ParetoChoice, parameterCount, secondMetric } from "./secondMetric.js";
import type { SweepData, TrialPoint } from "./sweepData.js";

/** @param tell takes a sentence where runs of trials, which know the second metric, cannot be read. */
export function sweepData(
  summary: SweepSummary,
  pareto: ParetoChoice = { name: duration },
  tell: (sentence: string) => void = () => {},
): SweepData {
  const { name, direction, metric = "value", trials, space = {}, pruner, rungs, changedAt } = summary;
  const second = secondMetric(pareto);
  const unread: string[] = [];
  const reading = { changedAt, pareto, better: second.direction, unread };
  const points = trials.map((trial) => trialPoint(trial, reading));
  const [first] = unread;
  if (first !== undefined)
    tell(
      `${name}: no ${second.title} of ${counted(unread.length, "trial")}, whose runs cannot be read: ${first}${unread.length > 1 ? ", and so on" : ""}.`,
    );
  const halving = Object.entries(pruner.options).map(([key, value]) => `${key} ${value}`);
  return {
    name,
    direction,
    metric,
    second,
    trials: points,
    distributions: Object.assign({}, space, ...trials.map((trial) => trial.distributions)),
    importances: importanceDoubt(trials) === undefined ? importances(trials, direction) : {},
    ...(rungs.length > 0
      ? { rungs: { rule: `${pruner.name}, ${halving.join(", ")}`, decisions: rungs } }
      : {}),
  };
}

interface Reading {
  readonly changedAt: number;
  readonly pareto: ParetoChoice;
  readonly better: SweepData["direction"];
  /** Takes why a run could not be read. */
  readonly unread: string[];
}

function trialPoint(trial: TrialRecord, reading: Reading): TrialPoint {
  const { number, state, params, value, intermediate, error, start, worker } = trial;
  const end = trial.end ?? Math.max(start, reading.changedAt);
  const second = secondValue(trial, reading);
  return {
    number,
    state,
    params,
    value,
    intermediate,
    start,
    end,
    ...(error === undefined ? {} : { error }),
    ...(worker === undefined ? {} : { worker }),
    ...(second === undefined ? {} : { second }),
  };
}

/** Of a metric that the trial's run logged, the best value. A name that boards know is no parameter's: its title says so. */
function secondValue(
  { state, start, end, params, runDir }: TrialRecord,
  { pareto: { name }, better, unread }: Reading,
): number | undefined {
  if (name === duration) return end === undefined ? undefined : end - start;
  const own = name === parameterCount ? undefined : params[name];
  if (typeof own === "number") return own;
  if (state !== "complete" || runDir === undefined) return undefined;
  try {
    return recordedValue(runDir, { name, better });
  } catch (error) {
    // A run that was removed, or cannot be read: its trial has no second value.
    unread.push((error as Error).message);
    return undefined;
  }
}
