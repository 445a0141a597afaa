import { refuseUnknown } from "../../base/knownOptions.js";
import { settings } from "../settings.js";
import { elapsed, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Rises linearly from 0 to 1 over the length, then falls as the root of time: min(t / length, √(length / t))
 * (Vaswani et al. 2017, equation 3, in units of its peak).
 *
 * @throws TypeError or RangeError for a length out of its range.
 * @example schedules.inverseSqrt({ steps: 4000 })
 */
export function inverseSqrt(options: Length): Schedule {
  refuseUnknown("schedules.inverseSqrt", options, lengthNames);
  const rise = span("schedules.inverseSqrt", options);
  return {
    name: `inverse square root after ${rise.text} of warm-up`,
    settings: settings(options),
    factor(at) {
      const time = elapsed(at, rise);
      return time < rise.length ? time / rise.length : Math.sqrt(rise.length / time);
    },
  };
}
