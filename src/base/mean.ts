import { sum } from "./sum.js";

/** The arithmetic mean; NaN of no numbers. */
export function mean(values: Iterable<number> & { readonly length: number }): number {
  return sum(values) / values.length;
}
