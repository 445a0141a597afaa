/** A fix whose changes are kept as a patch of the run's code. */
import type { Fix } from "./fix.js";
import { FixInterrupted } from "./fixInterrupted.js";
import { type FixOptions, fixRun } from "./fixRun.js";
import type { Repeatable } from "./repeatable.js";

/** @throws RangeError and FixInterrupted as `fixRun` does; a patch of what was found until then is kept too. */
export async function patchedFix(first: Repeatable, options?: FixOptions): Promise<Fix> {
  try {
    const fix = await fixRun(first, options);
    fix.keepPatch();
    return fix;
  } catch (error) {
    if (!(error instanceof FixInterrupted)) throw error;
    error.fix.keepPatch();
    throw new FixInterrupted(error.fix);
  }
}
