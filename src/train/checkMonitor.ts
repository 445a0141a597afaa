import { didYouMean } from "../base/nearestName.js";
import { shown } from "../base/shown.js";

/**
 * @param who asks, for the message
 * @param measured what an epoch measures here
 * @throws RangeError, with the nearest name, unless the monitor is measured.
 */
export function checkMonitor(who: string, monitor: string, measured: readonly string[]): void {
  if (measured.includes(monitor)) return;
  const meant = typeof monitor === "string" ? didYouMean(monitor, measured) : "";
  throw new RangeError(
    `${who} needs to monitor what is measured here (${measured.join(", ")}); it was given ${shown(monitor)}${meant && `.${meant}`}`,
  );
}
