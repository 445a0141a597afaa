import { tags } from "../base/tags.js";
import type { RunData } from "../track/index.js";

/** The values of a metric by epoch, oldest first; none where it was not logged. */
export function epochsOf({ scalars }: Pick<RunData, "scalars">, metric: string): number[] {
  return Array.from(scalars.get(tags.epoch(metric))?.values ?? []);
}
