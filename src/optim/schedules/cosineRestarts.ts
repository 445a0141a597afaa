import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { settings } from "../settings.js";
import { elapsed, factorOf, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Half a cosine from 1 down to `minFactor` (default 0), again and again, each `growth` (default 1, at least 1) times as
 * long as the one before (SGDR: Loshchilov & Hutter 2017, equation 5), as
 * `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
 *
 * @throws TypeError or RangeError for a length, growth or factor out of its range.
 * @example schedules.cosineRestarts({ epochs: 10, growth: 2, every: "step" })
 */
export function cosineRestarts(
  options: Length & { readonly growth?: number; readonly minFactor?: number },
): Schedule {
  const what = "schedules.cosineRestarts";
  refuseUnknown(what, options, { ...lengthNames, growth: true, minFactor: true });
  const first = span(what, options);
  const growth = inRange(`${what}'s growth`, options.growth ?? 1, { least: 1 });
  const min = factorOf(`${what}'s minFactor`, options.minFactor, 0);
  return {
    name: `cosine with restarts after ${first.text}${growth > 1 ? `, each ×${growth}` : ""}`,
    settings: settings(options),
    factor(at) {
      const progress = withinCycle(elapsed(at, first), first.length, growth);
      return min + ((1 - min) * (1 + Math.cos(Math.PI * progress))) / 2;
    },
  };
}

/** How much of the present cycle has passed, in [0, 1). */
function withinCycle(time: number, first: number, growth: number): number {
  if (growth === 1) return (time % first) / first;
  let begin = 0;
  let length = first;
  while (time >= begin + length) {
    begin += length;
    length *= growth;
  }
  return (time - begin) / length;
}
