/** Whether trials say enough of their parameters to be asked which of them matter. */
import type { ParameterValue } from "../sweep/distribution.js";
import type { TrialPoint } from "./sweepData.js";
import { completeNoun, trialNoun } from "./trialNoun.js";

/** Complete trials below which the best tenth is one trial, whatever its parameters; and below which it is two at most. */
const enough = { some: 10, many: 20 } as const;

type Weighed = Pick<TrialPoint, "state" | "params" | "value" | "label">;

/** Trials that ended with a value: what importances are made of. */
export function completeTrials<T extends Weighed>(trials: readonly T[]): T[] {
  return trials.filter(({ state, value }) => state === "complete" && Number.isFinite(value));
}

/** Why there are no importances; undefined where the trials give some. */
export function importanceDoubt(trials: readonly Weighed[]): string | undefined {
  const complete = completeTrials(trials);
  if (complete.length < enough.some)
    return `importances need ${enough.some} ${completeNoun(trials)}; there ${complete.length === 1 ? "is" : "are"} ${complete.length}`;
  if (new Set(complete.map(({ value }) => value)).size < 2)
    return `importances need ${trialNoun(trials)} with different values; these have one`;
  const pair = boundPair(complete);
  return pair && `importances need parameters that vary apart; ${pair.join(" and ")} never do`;
}

/** A caution, where they are few; empty where they are enough. */
export function importanceCaution(trials: readonly Weighed[]): string {
  const { length } = completeTrials(trials);
  return length < enough.many ? `rough below ${enough.many} ${trialNoun(trials)}` : "";
}

/** Two parameters of which each says the other's value. */
function boundPair(trials: readonly Weighed[]): [string, string] | undefined {
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const varied = names
    .map((name) => ({ name, values: trials.map(({ params }) => params[name]) }))
    .filter(({ values }) => new Set(values).size > 1);
  for (const [i, one] of varied.entries())
    for (const other of varied.slice(i + 1))
      if (isBound(one.values, other.values)) return [one.name, other.name];
  return undefined;
}

type Values = readonly (ParameterValue | undefined)[];

/**
 * Whether the trials with one value of the one are those with one value of the other. Where each trial has a value of its
 * own that holds of any two parameters: then one has to rise or fall with the other.
 */
function isBound(one: Values, other: Values): boolean {
  const ways = new Set(one).size;
  if (ways !== new Set(other).size) return false;
  if (ways < one.length)
    return new Set(one.map((value, i) => JSON.stringify([value, other[i]]))).size === ways;
  const isNumber = (value: unknown) => typeof value === "number";
  if (!one.every(isNumber) || !other.every(isNumber)) return false;
  const order = one.map((_, i) => i).sort((a, b) => (one[a] as number) - (one[b] as number));
  const rises = order.slice(1).map((at, i) => (other[at] as number) > (other[order[i] as number] as number));
  return new Set(rises).size === 1;
}
