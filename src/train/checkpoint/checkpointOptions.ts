import { type OptionNames, refuseUnknown } from "../../base/knownOptions.js";
import { type Direction, directionOf } from "../../base/metric.js";
import { shown } from "../../base/shown.js";
import { checkMonitor } from "../checkMonitor.js";

/** When checkpoints are written, and which are kept. */
export interface CheckpointOptions {
  /** One after every n-th epoch, n ≥ 1. Default 1, unless `everySteps` is given. */
  readonly everyEpochs?: number;
  /** One after every n-th step, n ≥ 1, in the middle of epochs too. */
  readonly everySteps?: number;
  /** How many of the newest stay, ≥ 1. Default 2: should the newest be damaged, there is one before it. */
  readonly keepLast?: number;
  /** Keep that of the best epoch, too. Default true. */
  readonly keepBest?: boolean;
  /** A key of the history that says which epoch is best. Default `valLoss`, or `loss` without validation data. */
  readonly monitor?: string;
  /** Needed only for a metric that this library does not know. */
  readonly direction?: Direction;
}

export interface CheckpointPlan {
  readonly everyEpochs: number | undefined;
  readonly everySteps: number | undefined;
  readonly keepLast: number;
  readonly keepBest: boolean;
  readonly monitor: string;
  readonly direction: Direction;
}

const known: OptionNames<CheckpointOptions> = {
  everyEpochs: true,
  everySteps: true,
  keepLast: true,
  keepBest: true,
  monitor: true,
  direction: true,
};

/**
 * @param measured what an epoch measures here
 * @returns undefined when none are to be written
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 */
export function checkpointPlan(
  option: boolean | CheckpointOptions | undefined,
  measured: readonly string[],
): CheckpointPlan | undefined {
  if (option === undefined || option === false) return undefined;
  const options = option === true ? {} : option;
  refuseUnknown("fit's checkpoint", options, known);
  const { everySteps, keepBest = true } = options;
  const monitor = options.monitor ?? (measured.includes("valLoss") ? "valLoss" : "loss");
  checkMonitor("fit's checkpoint", monitor, measured);
  return {
    everyEpochs: everySteps === undefined ? 1 : undefined,
    everySteps,
    keepLast: 2,
    ...counts(options),
    keepBest,
    monitor,
    direction: directionOf(monitor, options.direction),
  };
}

function counts(
  options: CheckpointOptions,
): Partial<Record<"everyEpochs" | "everySteps" | "keepLast", number>> {
  const given = (["everyEpochs", "everySteps", "keepLast"] as const).flatMap((name) => {
    const value = options[name];
    if (value === undefined) return [];
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(
        `fit's checkpoint needs ${name} to be a whole number of at least 1; it was given ${shown(value)}`,
      );
    return [[name, value]];
  });
  return Object.fromEntries(given);
}
