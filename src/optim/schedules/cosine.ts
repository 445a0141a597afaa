import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { settings } from "../settings.js";
import { elapsed, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Half a cosine from 1 down to `minFactor` (default 0), where it stays:
 * min + (1 − min)·(1 + cos(π·t / length)) / 2 (Loshchilov & Hutter 2017, equation 5, without restarts).
 *
 * @throws TypeError or RangeError for a length or factor out of its range.
 * @example schedules.cosine({ epochs: 5 })
 */
export function cosine(options: Length & { readonly minFactor?: number }): Schedule {
  refuseUnknown("schedules.cosine", options, { ...lengthNames, minFactor: true });
  const over = span("schedules.cosine", options);
  const min = inRange("schedules.cosine's minFactor", options.minFactor ?? 0, { least: 0 });
  return {
    name: `cosine over ${over.text}${min > 0 ? ` to ×${min}` : ""}`,
    settings: settings(options),
    factor(at) {
      const progress = Math.min(1, elapsed(at, over) / over.length);
      return min + ((1 - min) * (1 + Math.cos(Math.PI * progress))) / 2;
    },
  };
}
