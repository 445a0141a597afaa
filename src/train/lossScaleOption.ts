/** The option `lossScale` of a training in float16, made complete. */
import { refuseUnknown } from "../base/knownOptions.js";
import { shown } from "../base/shown.js";
import { inRange, wholeNumber } from "../optim/bounds.js";
import type { Precision } from "./precision.js";

/** What a loss scale that moves does. */
export interface DynamicLossScale {
  /** Before the first step, > 0. Default 65536. */
  readonly initial?: number;
  /** What it is multiplied by after `growthInterval` steps without an overflow, ≥ 1. Default 2. */
  readonly growthFactor?: number;
  /** What it is multiplied by at an overflow, in (0, 1]. Default 0.5. */
  readonly backoffFactor?: number;
  /** Steps without an overflow, one after another, ≥ 1. Default 2000. */
  readonly growthInterval?: number;
}

/** A number stays as it is. */
export type LossScaleOption = "dynamic" | number | DynamicLossScale;

/** The option, complete. */
export interface LossScalePlan {
  readonly initial: number;
  /** Undefined: it never moves. */
  readonly moves?: Required<Omit<DynamicLossScale, "initial">>;
}

/** As `torch.amp.GradScaler` without options. */
const usual = { initial: 65536, growthFactor: 2, backoffFactor: 0.5, growthInterval: 2000 } as const;
const known = { initial: true, growthFactor: true, backoffFactor: true, growthInterval: true } as const;
/** The least and the greatest of float32 that divisions by them keep. */
const [least, most] = [2 ** -126, 2 ** 127];

/**
 * @returns undefined for a precision that needs none
 * @throws RangeError for another precision than float16, or what is out of bounds, TypeError for what is no such option.
 */
export function lossScaleOf(
  given: LossScaleOption | undefined,
  precision: Precision,
): LossScalePlan | undefined {
  if (precision !== "float16") {
    if (given === undefined) return undefined;
    throw new RangeError(
      `fit needs precision "float16" for lossScale, since only float16 has so small a range; it was given ${shown(given)} with "${precision}"`,
    );
  }
  if (typeof given === "number") return { initial: inRange("fit's lossScale", given, { least, most }) };
  const options = given === undefined || given === "dynamic" ? {} : given;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      `fit needs lossScale to be "dynamic", a number or an object such as { initial: 1024 }; it was given ${shown(given)}`,
    );
  refuseUnknown("fit's lossScale", options, known);
  const { initial, growthFactor, backoffFactor, growthInterval } = { ...usual, ...options };
  return {
    initial: inRange("fit's lossScale.initial", initial, { least, most }),
    moves: {
      growthFactor: inRange("fit's lossScale.growthFactor", growthFactor, { least: 1 }),
      backoffFactor: inRange("fit's lossScale.backoffFactor", backoffFactor, { least, most: 1 }),
      growthInterval: wholeNumber("fit's lossScale.growthInterval", growthInterval),
    },
  };
}
