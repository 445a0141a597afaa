import { inRange } from "../bounds.js";

/** Where a training stands. `step` and `epoch` count from 0, `step` over all epochs. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
  readonly stepsPerEpoch: number;
}

/** Maps a moment to a factor of the base learning rate, at least 0. Pure. */
export interface Schedule {
  /** Shown in a run's record, such as `cosine over 5 epochs`. */
  readonly name: string;
  factor(at: Moment): number;
}

/**
 * A length of time, with its unit: exactly one of the two. In epochs the factor changes when an epoch begins, in
 * steps at every step.
 */
export type Length = { readonly epochs: number; readonly steps?: never } | LengthInSteps;

interface LengthInSteps {
  readonly steps: number;
  readonly epochs?: never;
}

/** A length after its checks. */
export interface Span {
  readonly length: number;
  readonly unit: "epoch" | "step";
  /** `5 epochs` */
  readonly text: string;
}

/** @throws TypeError unless exactly one unit is given, RangeError unless it is a whole number of at least 1. */
export function span(what: string, { epochs, steps }: { epochs?: number; steps?: number }): Span {
  if ((epochs === undefined) === (steps === undefined))
    throw new TypeError(
      `${what} needs its length in either epochs or steps, but was given ${epochs === undefined ? "neither" : "both"}`,
    );
  const unit = epochs === undefined ? "step" : "epoch";
  const length = inRange(`${what}'s ${unit}s`, (epochs ?? steps) as number, { least: 1 });
  if (!Number.isInteger(length))
    throw new RangeError(`${what}'s ${unit}s must be a whole number, but is ${length}`);
  return { length, unit, text: `${length} ${unit}${length === 1 ? "" : "s"}` };
}

/** How much time has passed, in the span's unit. */
export function elapsed(at: Moment, { unit }: Span): number {
  return unit === "epoch" ? at.epoch : at.step;
}
