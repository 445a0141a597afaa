/**
 * Grid search: every combination once, in order, the last parameter fastest; ends when none is left.
 * Without a declared space the grid is walked as trials show it: what they ask for may depend on values.
 */
import { cardinality, type Distribution, formatDistribution } from "../distribution.js";
import type { Space } from "../space.js";
import type { Sampler } from "./sampler.js";

/** @throws RangeError (from `propose`) naming a parameter that has no finite number of values. */
export function gridSampler(): Sampler {
  return {
    name: "grid",
    options: {},
    firstValues: true,
    propose(view) {
      checkFinite(view.space);
      return view.firstFree();
    },
  };
}

function checkFinite(space: Space): void {
  for (const [name, distribution] of Object.entries(space)) refuseContinuous(name, distribution);
}

/** A grid needs points; a float without step has none. */
export function refuseContinuous(name: string, distribution: Distribution): void {
  if (Number.isFinite(cardinality(distribution))) return;
  throw new RangeError(
    `a grid needs a finite number of values; parameter "${name}" is ${formatDistribution(distribution)}: give it a step or a list of values`,
  );
}
