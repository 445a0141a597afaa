/** What the panels of a sweep draw. */
import { extremes } from "../base/extremes.js";
import { shortNumber } from "../base/table.js";
import type { Distribution } from "../sweep/distribution.js";
import type { RungDecision } from "../sweep/rungDecisions.js";
import { type Direction, isBetter, type TrialRecord } from "../sweep/trialRecord.js";
import type { SecondMetric } from "./secondMetric.js";

export type TrialPoint = Pick<TrialRecord, "number" | "state" | "params" | "value" | "intermediate"> & {
  /** How the trial is called in tooltips, if not by its number. */
  readonly label?: string;
  /** Why it failed. */
  readonly error?: string;
  /** Seconds since 1970. Of a trial without an end, `end` is its sweep's last sign of life. */
  readonly start?: number;
  readonly end?: number;
  /** The worker that ran it, from 0; undefined where none had taken it. */
  readonly worker?: number;
  /** What `SweepData.second` names. */
  readonly second?: number;
};

export interface SweepData {
  readonly name: string;
  readonly direction: Direction;
  /** The objective in words, such as `valAccuracy`; "value" if the objective returned it. */
  readonly metric: string;
  readonly trials: readonly TrialPoint[];
  /** Parameter → where its values come from, if known. */
  readonly distributions: Readonly<Record<string, Distribution>>;
  /** Parameter → share of its importance, the largest first; none where there is nothing to tell them apart. */
  readonly importances?: Readonly<Record<string, number>>;
  /** The other axis of the Pareto front. */
  readonly second?: SecondMetric;
  /** What successive halving decided, in words and one by one. */
  readonly rungs?: { readonly rule: string; readonly decisions: readonly RungDecision[] };
}

/** The objective as an axis names it: with the way that is better. */
export function metricTitle({ metric, direction }: Pick<SweepData, "metric" | "direction">): string {
  return withDirection(metric, direction);
}

export function withDirection(metric: string, direction: Direction): string {
  return direction === "maximize" ? `${metric} (↑ higher is better)` : `${metric} (↓ lower is better)`;
}

/** Where that would be too long. */
export function shortMetricTitle({ metric, direction }: Pick<SweepData, "metric" | "direction">): string {
  return `${metric} ${direction === "maximize" ? "↑" : "↓"}`;
}

/** A parameter of a sweep as an axis: values in 0 to 1, and where its labels stand. */
export interface ParameterAxis {
  readonly name: string;
  readonly type: "linear" | "log" | "category";
  /** Whole numbers only: an axis marks none between them. */
  readonly whole: boolean;
  /** Undefined for a value the axis has no place for. */
  place(value: unknown): number | undefined;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** Parameters in the order in which trials asked for them, those with one value only left out. */
export function parameterAxes(sweep: Pick<SweepData, "trials" | "distributions">): ParameterAxis[] {
  const names = [...new Set(sweep.trials.flatMap((trial) => Object.keys(trial.params)))];
  return names.flatMap((name) => {
    const values = sweep.trials.flatMap((trial) => (name in trial.params ? [trial.params[name]] : []));
    if (new Set(values).size < 2) return [];
    const distribution = sweep.distributions[name];
    const numeric = values.every((value) => typeof value === "number" && Number.isFinite(value));
    return [
      numeric && distribution?.kind !== "categorical"
        ? numberAxis(name, values as number[], distribution)
        : categoryAxis(name, values),
    ];
  });
}

function numberAxis(name: string, values: readonly number[], distribution?: Distribution): ParameterAxis {
  const [low, high] = extremes(values);
  const declared =
    distribution && distribution.kind !== "categorical" ? Boolean(distribution.log) : high / low >= 100;
  const log = declared && low > 0;
  const scale = log ? Math.log10 : (value: number) => value;
  const [from, width] = [scale(low), scale(high) - scale(low)];
  const at = (share: number) => (log ? 10 ** (from + share * width) : from + share * width);
  const whole = values.every(Number.isInteger);
  const shares = [0, 0.5, 1].filter((share) => !whole || log || Number.isInteger(at(share)));
  return {
    name,
    type: log ? "log" : "linear",
    whole,
    place: (value) => (typeof value === "number" ? (scale(value) - from) / width : undefined),
    ticks: shares.map((share) => ({ at: share, label: shortNumber(at(share), 2) })),
  };
}

function categoryAxis(name: string, values: readonly unknown[]): ParameterAxis {
  const labels = [...new Set(values.map(String))].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const at = (index: number) => (labels.length === 1 ? 0.5 : index / (labels.length - 1));
  return {
    name,
    type: "category",
    whole: false,
    place: (value) => (labels.includes(String(value)) ? at(labels.indexOf(String(value))) : undefined),
    ticks: labels.map((label, i) => ({ at: at(i), label })),
  };
}

/** The best value of complete trials up to and with each trial, in the order of numbers. */
export function bestSoFar(sweep: SweepData): { number: number; value: number }[] {
  let best = Number.NaN;
  return sweep.trials.flatMap(({ number, state, value }) => {
    if (state !== "complete" || !Number.isFinite(value)) return [];
    if (isBetter(value, best, sweep.direction)) best = value;
    return [{ number, value: best }];
  });
}

/** The complete trial with the best value; undefined if there is none. */
export function bestPoint(sweep: SweepData): TrialPoint | undefined {
  let best: TrialPoint | undefined;
  for (const trial of sweep.trials)
    if (
      trial.state === "complete" &&
      Number.isFinite(trial.value) &&
      (!best || isBetter(trial.value, best.value, sweep.direction))
    )
      best = trial;
  return best;
}
