/** Every trial runs to its end. */
import type { Pruner } from "./pruner.js";

export function nonePruner(): Pruner {
  return { name: "none", options: {}, decisionStep: () => undefined, shouldPrune: () => false };
}
