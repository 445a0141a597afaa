import type { Slots, Transform } from "./optimizer.js";
import { mergeSlots } from "./slots.js";

/**
 * Applies transformations one after another, each to the gradient the one before returned.
 * Their slots' names must not clash.
 */
export function chain(...parts: readonly Transform[]): Transform {
  return {
    init: (parameter) => mergeSlots(parts.map((part) => part.init(parameter))),
    update(input) {
      let { gradient } = input;
      const slots: Slots[] = [];
      for (const part of parts) {
        const output = part.update({ ...input, gradient });
        gradient = output.gradient;
        slots.push(output.slots);
      }
      return { gradient, slots: mergeSlots(slots) };
    },
    variant: (weight) => parts.map((part) => part.variant?.(weight) ?? "").join(""),
  };
}
