/** A fix whose changes are kept as a patch of the run's code. */
import type { Fix } from "./fix.js";
import { type FixOptions, fixRun } from "./fixRun.js";
import type { Repeatable } from "./repeatable.js";

/** @throws RangeError as `fixRun` does. */
export async function patchedFix(first: Repeatable, options?: FixOptions): Promise<Fix> {
  const fix = await fixRun(first, options);
  fix.keepPatch();
  return fix;
}
