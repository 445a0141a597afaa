import type { Schedule } from "./schedule.js";

/** The base rate throughout. */
export function constant(): Schedule {
  return { name: "constant", factor: () => 1 };
}
