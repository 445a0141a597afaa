/** The captured steps of this process, shared by all trainings that compute the same. */
import type { CapturedFunction } from "../../native/capture/capturedFunction.js";

/** A captured step and what its numbers are of. */
export interface StepFunction {
  readonly call: CapturedFunction;
  /** How many values of the metric it sums. */
  readonly count: number;
  /** Of a call, smoothed; undefined before the first call, which also compiles it, and 0 before the second. */
  milliseconds: number | undefined;
}

/** Enough for the shapes of a few trainings; each holds a graph of some hundred kilobytes. */
const capacity = 48;

/** Invariant: in order of last use, oldest first; one in use by a call is never the oldest. */
const functions = new Map<string, StepFunction>();

/** The function with this key, made by `make` if there is none (any more). */
export function stepFunction(key: string, make: () => StepFunction): StepFunction {
  const found = functions.get(key) ?? make();
  functions.delete(key);
  functions.set(key, found);
  for (const [oldest, { call }] of functions) {
    if (functions.size <= capacity) break;
    functions.delete(oldest);
    call.dispose();
  }
  return found;
}

/** How many are kept; for tests. */
export function stepFunctionCount(): number {
  return functions.size;
}
