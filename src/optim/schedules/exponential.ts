import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { settings } from "../settings.js";
import { elapsed, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Falls smoothly by `factor` over each length of time: factor^(t / length). With a length of 1 epoch it is
 * `torch.optim.lr_scheduler.ExponentialLR`.
 *
 * @throws TypeError or RangeError for a length or factor out of its range.
 * @example schedules.exponential({ epochs: 1, factor: 0.95 })
 */
export function exponential(options: Length & { readonly factor: number }): Schedule {
  refuseUnknown("schedules.exponential", options, { ...lengthNames, factor: true });
  const over = span("schedules.exponential", options);
  const factor = inRange("schedules.exponential's factor", options.factor, { least: 0 });
  return {
    name: `×${factor} over ${over.text}`,
    settings: settings(options),
    factor: (at) => factor ** (elapsed(at, over) / over.length),
  };
}
