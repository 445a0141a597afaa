import { inRange, wholeNumber } from "../bounds.js";

/** Where a training stands. `step` and `epoch` count from 0, `step` over all epochs. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  /** The optimiser's base rate. Schedules with rates of their own need it. */
  readonly learningRate?: number;
}

/** Maps a moment to a factor of the base learning rate, at least 0. Pure, unless it has `begin`. */
export interface Schedule {
  /** Shown in a run's record, such as `cosine over 5 epochs`. */
  readonly name: string;
  /** All numbers it computes with: a training goes on (`fit({ resume })`) only with a schedule of equal name and settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  factor(at: Moment): number;
  /** The momentum (of Adam and its relatives: beta1), in [0, 1); undefined where it is the optimiser's own. */
  momentum?(at: Moment): number | undefined;
  /** One that learns from the training has a state: this makes one for a new training. */
  begin?(): Schedule;
  /** Takes an epoch's means, such as `valLoss`, after the epoch's last step `at`. */
  observe?(values: Readonly<Record<string, number>>, at: Moment): void;
  /** What it has learnt from the training so far, as JSON can say it: with it `restore` goes on. */
  state?(): unknown;
  restore?(state: unknown): void;
  /** What it observes by name: it must be measured. */
  readonly monitors?: readonly string[];
}

/**
 * A length of time, with its unit: exactly one of the two. In epochs the factor changes when an epoch begins, or with
 * `every: "step"` at every step; in steps at every step.
 */
export type Length =
  | { readonly epochs: number; readonly steps?: never; readonly every?: "epoch" | "step" }
  | { readonly steps: number; readonly epochs?: never; readonly every?: "step" };

export const lengthNames = { epochs: true, steps: true, every: true } as const;

/** A time's unit, after its checks. */
export interface Unit {
  readonly unit: "epoch" | "step";
  /** In epochs, but changing at every step: epochs are counted in fractions. */
  readonly smooth: boolean;
}

/** A length after its checks. */
export interface Span extends Unit {
  readonly length: number;
  /** `5 epochs` */
  readonly text: string;
}

interface Given<T> {
  readonly epochs?: T;
  readonly steps?: T;
  readonly every?: "epoch" | "step";
}

/** @throws TypeError unless exactly one unit is given, RangeError unless it is a whole number of at least 1. */
export function span(what: string, given: Given<number>): Span {
  const { value, ...unit } = inUnit(what, given);
  const length = wholeNumber(`${what}'s ${unit.unit}s`, value);
  return { ...unit, length, text: `${length} ${unit.unit}${length === 1 ? "" : "s"}` };
}

/** @throws TypeError unless exactly one unit is given, or where `every` is not "epoch" or "step". */
export function inUnit<T>(what: string, { epochs, steps, every }: Given<T>): Unit & { value: T } {
  if ((epochs === undefined) === (steps === undefined))
    throw new TypeError(
      `${what} needs its length in either epochs or steps, but was given ${epochs === undefined ? "neither" : "both"}`,
    );
  if (every !== undefined && every !== "epoch" && every !== "step")
    throw new TypeError(
      `${what} needs every to be "epoch" or "step", but was given ${JSON.stringify(every)}`,
    );
  if (every === "epoch" && epochs === undefined)
    throw new TypeError(
      `${what} changes at every step when its length is in steps, but was given every "epoch"`,
    );
  return {
    value: (epochs ?? steps) as T,
    unit: epochs === undefined ? "step" : "epoch",
    smooth: epochs !== undefined && every === "step",
  };
}

/** How much time has passed, in the span's unit. */
export function elapsed(at: Moment, { unit, smooth }: Unit): number {
  if (smooth) return at.step / at.stepsPerEpoch;
  return unit === "epoch" ? at.epoch : at.step;
}

/** The same moment, counted from the end of a span. */
export function since(at: Moment, { unit, length }: Span): Moment {
  if (unit === "step") return { ...at, step: at.step - length };
  return { ...at, epoch: at.epoch - length, step: at.step - length * at.stepsPerEpoch };
}

/** A factor that may be given, at least 0. */
export function factorOf(what: string, given: number | undefined, standard: number): number {
  return inRange(what, given ?? standard, { least: 0 });
}
