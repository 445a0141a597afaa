/**
 * What one hyper-parameter may be: a plain JSON value, kept in the journal as it stands.
 *
 * Invariants (checked once, by the constructors): bounds are finite and low ≤ high; with `log`, low > 0;
 * with `step`, step > 0 and high − low is a multiple of it (high is lowered to the last point when given otherwise);
 * `log` and `step` never stand together on a float; choices are not empty and all different.
 */
import type { Random } from "../base/random.js";

/** A value a categorical parameter may take. */
export type Choice = string | number | boolean | null;
/** The value of any parameter. */
export type ParameterValue = Choice;

export interface FloatDistribution {
  readonly kind: "float";
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
}
export interface IntDistribution {
  readonly kind: "int";
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  /** 1 when absent. */
  readonly step?: number;
}
export interface CategoricalDistribution {
  readonly kind: "categorical";
  readonly choices: readonly Choice[];
}
export type NumericDistribution = FloatDistribution | IntDistribution;
export type Distribution = NumericDistribution | CategoricalDistribution;

export interface NumericOptions {
  /** Uniform in the logarithm; the lower bound must be above 0. */
  readonly log?: boolean;
  /** Distance between neighbouring values, counted from `low`. */
  readonly step?: number;
}

/** Real numbers in [low, high], both included. `name` stands in the messages only. */
export function floatDistribution(
  name: string,
  [low, high]: readonly [number, number],
  { log, step }: NumericOptions = {},
): FloatDistribution {
  checkBounds(name, [low, high], log);
  if (step === undefined) return { kind: "float", low, high, ...(log ? { log } : {}) };
  if (log) throw new TypeError(`parameter "${name}" takes either log or step; it was given both`);
  checkStep(name, step);
  return { kind: "float", low, high: lastPoint(low, high, step), step };
}

/** Integers in [low, high], both included. */
export function intDistribution(
  name: string,
  [low, high]: readonly [number, number],
  { log, step }: NumericOptions = {},
): IntDistribution {
  checkBounds(name, [low, high], log);
  for (const bound of [low, high])
    if (!Number.isSafeInteger(bound))
      throw new RangeError(`parameter "${name}" needs integers as bounds; it was given ${bound}`);
  if (step !== undefined) {
    checkStep(name, step);
    if (!Number.isSafeInteger(step))
      throw new RangeError(`parameter "${name}" needs an integer as step; it was given ${step}`);
    if (log && step !== 1)
      throw new TypeError(`parameter "${name}" takes either log or a step; it was given both`);
  }
  const points = step === undefined || step === 1 ? {} : { step };
  return {
    kind: "int",
    low,
    high: lastPoint(low, high, step ?? 1),
    ...(log ? { log } : {}),
    ...points,
  };
}

/** One of the given values; their order carries no meaning to samplers. */
export function categoricalDistribution(name: string, choices: readonly Choice[]): CategoricalDistribution {
  if (!Array.isArray(choices))
    throw new TypeError(`parameter "${name}" needs a list of choices; it was given ${String(choices)}`);
  if (choices.length === 0)
    throw new RangeError(`parameter "${name}" needs at least one choice; it was given an empty list`);
  const seen = new Set<Choice>();
  for (const choice of choices) {
    if (!isChoice(choice))
      throw new TypeError(
        `parameter "${name}" takes text, finite numbers, true, false and null as choices; it was given ${describe(choice)}`,
      );
    if (seen.has(choice))
      throw new RangeError(
        `parameter "${name}" needs different choices; ${describe(choice)} stands there twice`,
      );
    seen.add(choice);
  }
  return { kind: "categorical", choices: [...choices] };
}

function isChoice(value: unknown): value is Choice {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function checkBounds(name: string, [low, high]: readonly [number, number], log = false): void {
  for (const bound of [low, high])
    if (typeof bound !== "number" || !Number.isFinite(bound))
      throw new RangeError(
        `parameter "${name}" needs finite numbers as bounds; it was given ${describe(bound)}`,
      );
  if (low > high)
    throw new RangeError(`parameter "${name}" needs low ≤ high; it was given low ${low} and high ${high}`);
  if (log && low <= 0)
    throw new RangeError(`parameter "${name}" with log needs a lower bound above 0; it was given ${low}`);
}

function checkStep(name: string, step: number): void {
  if (!Number.isFinite(step) || step <= 0)
    throw new RangeError(`parameter "${name}" needs a step above 0; it was given ${step}`);
}

function lastPoint(low: number, high: number, step: number): number {
  return round(low + stepsBetween(low, high, step) * step);
}

/** Whole steps from low to high; 1e-8 of a step is forgiven, as 0.3 is not exactly three times 0.1. */
function stepsBetween(low: number, high: number, step: number): number {
  return Math.floor((high - low) / step + 1e-8);
}

/** 0.1 + 2 × 0.1 → 0.3: fifteen significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(15));
}

/** How many values there are; Infinity for a float without step. */
export function cardinality(distribution: Distribution): number {
  if (distribution.kind === "categorical") return distribution.choices.length;
  const { low, high } = distribution;
  if (low === high) return 1;
  const step = stepOf(distribution);
  return step === undefined ? Number.POSITIVE_INFINITY : stepsBetween(low, high, step) + 1;
}

/** The distance of neighbouring values, undefined where the parameter is continuous. */
export function stepOf(distribution: NumericDistribution): number | undefined {
  return distribution.kind === "int" ? (distribution.step ?? 1) : distribution.step;
}

/** The i-th value in rising order (or in the order of the choices). Only of a distribution with finite cardinality. */
export function valueAt(distribution: Distribution, index: number): ParameterValue {
  if (distribution.kind === "categorical") return distribution.choices[index] as Choice;
  const step = stepOf(distribution);
  return step === undefined ? distribution.low : round(distribution.low + index * step);
}

/** The inverse of `valueAt`; −1 when the value is not among them. */
export function indexOf(distribution: Distribution, value: ParameterValue): number {
  if (!contains(distribution, value)) return -1;
  if (distribution.kind === "categorical") return distribution.choices.indexOf(value);
  const step = stepOf(distribution);
  return step === undefined ? 0 : Math.round(((value as number) - distribution.low) / step);
}

export function contains(distribution: Distribution, value: unknown): value is ParameterValue {
  if (distribution.kind === "categorical") return distribution.choices.includes(value as Choice);
  if (typeof value !== "number" || !(value >= distribution.low && value <= distribution.high)) return false;
  const step = stepOf(distribution);
  if (step === undefined) return true;
  return value === valueAt(distribution, Math.round((value - distribution.low) / step));
}

/** The value on the distribution's points next to any number. */
export function nearest(distribution: NumericDistribution, value: number): number {
  const { low, high } = distribution;
  const within = Math.min(high, Math.max(low, value));
  const step = stepOf(distribution);
  if (step === undefined) return within;
  return valueAt(distribution, Math.round((within - low) / step)) as number;
}

/** A value drawn uniformly, in the logarithm where `log` is set. Always contained. */
export function draw(distribution: Distribution, random: Random): ParameterValue {
  const count = cardinality(distribution);
  if (distribution.kind === "categorical" || (Number.isFinite(count) && !distribution.log))
    return valueAt(distribution, count === 1 ? 0 : random.integer(count));
  const { low, high, log } = distribution;
  if (!log) return Math.min(high, low + (high - low) * random.next());
  // Integers own the half step to each side, so that both ends are as likely as their share of the logarithm.
  const half = distribution.kind === "int" ? 0.5 : 0;
  const from = Math.log(low - half);
  const to = Math.log(high + half);
  return nearest(distribution, Math.exp(from + (to - from) * random.next()));
}

export function sameDistribution(a: Distribution, b: Distribution): boolean {
  if (a === b) return true;
  if (a.kind === "categorical")
    return (
      b.kind === "categorical" &&
      a.choices.length === b.choices.length &&
      a.choices.every((choice, i) => choice === b.choices[i])
    );
  return (
    b.kind === a.kind &&
    a.low === b.low &&
    a.high === b.high &&
    (a.log ?? false) === (b.log ?? false) &&
    a.step === b.step
  );
}

/** As a person writes it in `%sweep`: `log(0.0001, 0.1)`, `int(1, 8)`, `[relu, swish]`. */
export function formatDistribution(distribution: Distribution): string {
  if (distribution.kind === "categorical") return `[${distribution.choices.map(describe).join(", ")}]`;
  const { kind, low, high, log, step } = distribution;
  const extra = [...(log && kind === "int" ? ["log"] : []), ...(step === undefined ? [] : [`step=${step}`])];
  return `${log && kind === "float" ? "log" : kind}(${[low, high, ...extra].join(", ")})`;
}
