import type { Transform } from "./optimizer.js";
import type { Mask } from "./weightSelection.js";

/** A transformation that keeps nothing, for the weights in `mask`; the others' gradients pass as they are. */
export function masked(inner: Transform, mask: Mask): Transform {
  return {
    init: () => ({}),
    update: (input) => (mask(input.weight) ? inner.update(input) : { gradient: input.gradient, slots: {} }),
    variant: (weight) => (mask(weight) ? `1${inner.variant?.(weight) ?? ""}` : "0"),
  };
}
