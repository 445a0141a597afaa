/** Samplers by the names that `%sweep --sampler` takes. */
import { gridSampler } from "./grid.js";
import { randomSampler } from "./random.js";
import type { Sampler } from "./sampler.js";
import { tpeSampler } from "./tpe.js";

export const samplerNames = ["tpe", "random", "grid"] as const;
export type SamplerName = (typeof samplerNames)[number];

/**
 * @param options as `Sampler.options` recorded them.
 * @throws RangeError naming what there is.
 */
export function samplerNamed(name: string, options: Readonly<Record<string, unknown>> = {}): Sampler {
  switch (name) {
    case "tpe":
      return tpeSampler(options);
    case "random":
      return randomSampler();
    case "grid":
      return gridSampler();
    default:
      throw new RangeError(`a sweep's sampler is one of ${samplerNames.join(", ")}; it was given "${name}"`);
  }
}
