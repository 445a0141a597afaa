/** At most one coordinator a sweep: a file that names the process that has it. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { ownerAlive, thisOwner } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";

/**
 * Takes the sweep for this process; returns the function that gives it back. A lock whose process is gone is taken over.
 *
 * @throws RangeError when another living process has it.
 */
export function lockSweep(dir: string): () => void {
  const file = join(dir, "coordinator.json");
  for (;;) {
    try {
      const descriptor = openSync(file, "wx");
      writeSync(descriptor, JSON.stringify(thisOwner()));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const owner = readOwner(file);
    if (owner && ownerAlive(owner) !== false)
      throw new RangeError(
        `the sweep in ${dir} is run by process ${owner.pid} on ${owner.host}: only one may`,
      );
    rmSync(file, { force: true });
  }
}

/** Undefined for a lock that was cut short while it was written. */
function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && "code" in error && error.code === "ENOENT")
    )
      return undefined;
    throw error;
  }
}
