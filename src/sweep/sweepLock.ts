/** At most one coordinator a sweep: a file that names the process that has it. */
import { constants, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownerAlive, thisOwner } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";

/**
 * Takes the sweep for this process; returns the function that gives it back. A lock whose process is gone is taken over.
 *
 * Invariant: the lock never stands without its owner. It is written under another name and linked to its own, which
 * fails where one stands already.
 *
 * @throws RangeError when another living process has it.
 */
export function lockSweep(dir: string): () => void {
  const file = join(dir, "coordinator.json");
  const written = `${file}.${process.pid}`;
  writeFileSync(written, JSON.stringify(thisOwner()));
  try {
    while (!linkIfFree(written, file)) {
      const owner = readOwner(file);
      if (owner && ownerAlive(owner) !== false)
        throw new RangeError(
          `the sweep in ${dir} is run by process ${owner.pid} on ${owner.host}: only one may`,
        );
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(written, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** What file systems without hard links (FAT, some shared folders) answer. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** False when a file of that name stands already. */
function linkIfFree(written: string, file: string): boolean {
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") return false;
    if (!noLinks.includes(code)) throw error;
  }
  return copyIfFree(written, file);
}

function copyIfFree(written: string, file: string): boolean {
  try {
    copyFileSync(written, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Undefined for a lock that was given back meanwhile, and for one that a full disk left empty. */
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
