import { refuseUnknown } from "../../base/knownOptions.js";
import { type Direction, directionOf } from "../../base/metric.js";
import { inRange } from "../bounds.js";
import { factorOf, type Schedule } from "./schedule.js";

export interface ReduceOnPlateauOptions {
  /** A key of the history. Default `valLoss`, or `loss` without validation data. */
  readonly monitor?: string;
  /** What the rate is multiplied by, in (0, 1); default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement that are borne, at least 0; default 10. */
  readonly patience?: number;
  /** Least improvement, at least 0; default 0.0001. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best value (default) or a difference from it. */
  readonly thresholdMode?: "relative" | "absolute";
  /** Epochs after a fall in which nothing is counted, at least 0; default 0. */
  readonly cooldown?: number;
  /** Factor of the base rate below which it does not fall, at least 0; default 0. */
  readonly minFactor?: number;
  /** Needed only for a metric that this library does not know. */
  readonly direction?: Direction;
}

const known = {
  monitor: true,
  factor: true,
  patience: true,
  threshold: true,
  thresholdMode: true,
  cooldown: true,
  minFactor: true,
  direction: true,
} as const;

type Rule = Omit<Required<ReduceOnPlateauOptions>, "monitor" | "direction"> & {
  readonly monitor: string | undefined;
  readonly direction: Direction;
};

/**
 * Times `factor` when a metric has not improved for more than `patience` epochs, as
 * `torch.optim.lr_scheduler.ReduceLROnPlateau`. Each training begins with a factor of 1.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example schedules.reduceOnPlateau({ monitor: "valAccuracy", factor: 0.5, patience: 3 })
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Schedule {
  const what = "schedules.reduceOnPlateau";
  refuseUnknown(what, options, known, { mode: "which the monitor's name decides, or direction" });
  const { monitor, thresholdMode = "relative" } = options;
  if (thresholdMode !== "relative" && thresholdMode !== "absolute")
    throw new RangeError(
      `${what} needs thresholdMode to be relative or absolute, but was given ${JSON.stringify(thresholdMode)}`,
    );
  const factor = inRange(`${what}'s factor`, options.factor ?? 0.1, { least: 0, below: 1 });
  const rule: Rule = {
    monitor,
    factor,
    patience: epochs(`${what}'s patience`, options.patience ?? 10),
    threshold: factorOf(`${what}'s threshold`, options.threshold, 1e-4),
    thresholdMode,
    cooldown: epochs(`${what}'s cooldown`, options.cooldown ?? 0),
    minFactor: factorOf(`${what}'s minFactor`, options.minFactor, 0),
    direction: directionOf(monitor ?? "loss", options.direction),
  };
  const name = `×${factor} after ${rule.patience} epochs without a better ${monitor ?? "valLoss"}`;
  return { ...plateau(name, rule), settings: { ...rule }, begin: () => plateau(name, rule) };
}

interface PlateauState {
  readonly best: number;
  readonly bad: number;
  readonly cooldown: number;
  readonly factor: number;
}

/** One training's. */
function plateau(name: string, rule: Rule): Schedule {
  let best = rule.direction === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  let bad = 0;
  let cooldown = 0;
  let factor = 1;
  return {
    name,
    ...(rule.monitor !== undefined && { monitors: [rule.monitor] }),
    factor: () => factor,
    state: (): PlateauState => ({ best, bad, cooldown, factor }),
    restore(state) {
      ({ best, bad, cooldown, factor } = state as PlateauState);
    },
    observe(values) {
      const value = values[rule.monitor ?? (values.valLoss === undefined ? "loss" : "valLoss")] ?? Number.NaN;
      const improved = isImproved(value, best, rule);
      if (improved) best = value;
      bad = improved ? 0 : bad + 1;
      if (cooldown > 0) {
        cooldown--;
        bad = 0;
      }
      if (bad <= rule.patience) return;
      factor = Math.max(factor * rule.factor, Math.min(factor, rule.minFactor));
      cooldown = rule.cooldown;
      bad = 0;
    },
  };
}

function isImproved(value: number, best: number, { direction, threshold, thresholdMode }: Rule): boolean {
  const sign = direction === "max" ? 1 : -1;
  if (!Number.isFinite(best)) return sign * value > sign * best;
  const wanted = thresholdMode === "relative" ? best * (1 + sign * threshold) : best + sign * threshold;
  return sign * value > sign * wanted;
}

function epochs(what: string, value: number): number {
  if (!Number.isSafeInteger(inRange(what, value, { least: 0 })))
    throw new RangeError(`${what} must be a whole number, but is ${value}`);
  return value;
}
