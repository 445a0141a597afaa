/** The captured steps of this process, shared by all trainings that compute the same. */

import type { CapturedFunction } from "../../native/capture/capturedFunction.js";
import { CaptureError } from "../../native/capture/captureError.js";
import { wantsEagerSteps } from "../../native/opWatch.js";
import type { Look } from "./lookedAt.js";
import type { StepTime } from "./stepTime.js";

/** A captured step and what its numbers are of. */
export interface StepFunction {
  readonly call: Pick<CapturedFunction, "run" | "runAside" | "dispose" | "tracing" | "firstRun">;
  /** How many values of each output's metric it sums. */
  readonly counts: readonly number[];
  /** What a sampled step looks at. */
  readonly looks: readonly Look[];
  readonly time: StepTime;
}

/** Enough for the shapes of a few trainings; each holds a graph of some hundred kilobytes. */
const capacity = 48;

/** Invariant: in order of last use, oldest first; one in use by a call is never the oldest. */
const functions = new Map<string, StepFunction>();

/**
 * The function with this key, made by `make` if there is none (any more).
 *
 * @throws CaptureError while a profile of single ops is taken, so that steps run op by op.
 */
export function stepFunction(key: string, make: () => StepFunction): StepFunction {
  if (wantsEagerSteps()) throw new CaptureError("the cost of each op is measured");
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
