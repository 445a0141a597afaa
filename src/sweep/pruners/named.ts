/** Pruners by the names that `%sweep --pruner` takes. */
import { ashaPruner } from "./asha.js";
import { medianPruner } from "./median.js";
import { nonePruner } from "./none.js";
import type { Pruner } from "./pruner.js";

export const prunerNames = ["none", "asha", "median"] as const;
export type PrunerName = (typeof prunerNames)[number];

/**
 * @param options as `Pruner.options` recorded them.
 * @throws RangeError naming what there is.
 */
export function prunerNamed(name: string, options: Readonly<Record<string, unknown>> = {}): Pruner {
  switch (name) {
    case "none":
      return nonePruner();
    case "asha":
      return ashaPruner(options);
    case "median":
      return medianPruner(options);
    default:
      throw new RangeError(`a sweep's pruner is one of ${prunerNames.join(", ")}; it was given "${name}"`);
  }
}
