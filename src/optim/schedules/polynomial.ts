import { refuseUnknown } from "../../base/knownOptions.js";
import { settings } from "../settings.js";
import { elapsed, factorOf, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/**
 * Falls from 1 to `minFactor` (default 0), where it stays: min + (1 − min)·(1 − t / length)^power, as
 * `torch.optim.lr_scheduler.PolynomialLR`. Power 1 (default) is a line.
 *
 * @throws TypeError or RangeError for a length, power or factor out of its range.
 * @example schedules.polynomial({ epochs: 50, power: 0.9, every: "step" })
 */
export function polynomial(
  options: Length & { readonly power?: number; readonly minFactor?: number },
): Schedule {
  const what = "schedules.polynomial";
  refuseUnknown(what, options, { ...lengthNames, power: true, minFactor: true });
  const over = span(what, options);
  const power = factorOf(`${what}'s power`, options.power, 1);
  const min = factorOf(`${what}'s minFactor`, options.minFactor, 0);
  return {
    name: `polynomial of power ${power} over ${over.text}${min > 0 ? ` to ×${min}` : ""}`,
    settings: settings(options),
    factor(at) {
      const time = elapsed(at, over);
      return time >= over.length ? min : min + (1 - min) * (1 - time / over.length) ** power;
    },
  };
}
