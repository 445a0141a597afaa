import { refuseUnknown } from "../../base/knownOptions.js";
import { wholeNumber } from "../bounds.js";
import { settings } from "../settings.js";
import { elapsed, factorOf, inUnit, type Schedule } from "./schedule.js";

/** When the factor falls, in exactly one unit: whole numbers of at least 1, rising. */
export type Milestones =
  | { readonly epochs: readonly number[]; readonly steps?: never }
  | { readonly steps: readonly number[]; readonly epochs?: never };

/**
 * Times `factor` (default 0.1) at every milestone: factor^(milestones passed), as
 * `torch.optim.lr_scheduler.MultiStepLR`.
 *
 * @throws TypeError unless given a list in one unit, RangeError for milestones that do not rise or a factor below 0.
 * @example schedules.multiStep({ epochs: [30, 60, 80], factor: 0.2 })
 */
export function multiStep(options: Milestones & { readonly factor?: number }): Schedule {
  const what = "schedules.multiStep";
  refuseUnknown(what, options, { epochs: true, steps: true, factor: true });
  const { value: milestones, ...unit } = inUnit<readonly number[]>(what, options);
  const factor = factorOf(`${what}'s factor`, options.factor, 0.1);
  if (!Array.isArray(milestones) || milestones.length === 0)
    throw new TypeError(
      `${what} needs a list of ${unit.unit}s such as [30, 60]; it was given ${JSON.stringify(milestones)}`,
    );
  milestones.forEach((milestone: number, i) => {
    wholeNumber(`${what}'s ${unit.unit}s`, milestone);
    if (i > 0 && milestone <= milestones[i - 1])
      throw new RangeError(`${what} needs ${unit.unit}s that rise, but was given [${milestones.join(", ")}]`);
  });
  const at = [...(milestones as readonly number[])];
  return {
    name: `×${factor} at ${unit.unit}s ${at.join(", ")}`,
    settings: settings(options),
    factor: (moment) => {
      const time = elapsed(moment, unit);
      return factor ** at.filter((milestone) => time >= milestone).length;
    },
  };
}
