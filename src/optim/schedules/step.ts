import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { settings } from "../settings.js";
import { elapsed, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Times `factor` (default 0.1) after every length of time: factor^⌊t / length⌋, as `torch.optim.lr_scheduler.StepLR`.
 *
 * @throws TypeError or RangeError for a length or factor out of its range.
 * @example schedules.step({ epochs: 30, factor: 0.1 })
 */
export function step(options: Length & { readonly factor?: number }): Schedule {
  refuseUnknown("schedules.step", options, { ...lengthNames, factor: true });
  const every = span("schedules.step", options);
  const factor = inRange("schedules.step's factor", options.factor ?? 0.1, { least: 0 });
  return {
    name: `×${factor} every ${every.text}`,
    settings: settings(options),
    factor: (at) => factor ** Math.floor(elapsed(at, every) / every.length),
  };
}
