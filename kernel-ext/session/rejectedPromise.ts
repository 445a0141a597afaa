import { types } from "node:util";
import { inspectSafely } from "./inspectSafely.js";
import { matches } from "./primordials.js";

/** Whether a value is a promise that has already failed. Asking does not count as handling it. */
export function isRejected(value: unknown): value is Promise<unknown> {
  if (!types.isPromise(value)) return false;
  // Node tells a promise's state to nobody but `inspect`.
  return matches(/^[^{]*\{\s*<rejected>/, inspectSafely(value, { depth: 0, customInspect: false }));
}
