/** Ops that end the process at some wrong calls, each with the look at the arguments that TensorFlow leaves out. */
import { convolutions } from "./convolutions.js";
import type { CheckedCall, OpCheck } from "./opCheck.js";
import { ragged } from "./ragged.js";
import { scatters } from "./scatters.js";

const checks: ReadonlyMap<string, OpCheck> = new Map(
  Object.entries({ ...convolutions, ...ragged, ...scatters }),
);

/** @throws TypeError or RangeError for a call at which TensorFlow would end the process. */
export function checkOp(call: CheckedCall): void {
  checks.get(call.name)?.(call);
}
