/** `util.inspect` of a cell's value. */
import { type InspectOptions, inspect } from "node:util";
import { asCellsLeftThem, withIntrinsics } from "./intrinsics.js";

/**
 * Runs the value's own formatter with what cells made of JavaScript's objects. Node's part asks an array or two for
 * `includes`: where what is left fails, the value is asked once more as if nothing had been replaced. Throws what the
 * formatter throws then.
 */
export function inspectSafely(value: unknown, options: InspectOptions): string {
  try {
    return asCellsLeftThem(() => inspect(value, options));
  } catch {
    return withIntrinsics(() => inspect(value, options));
  }
}
