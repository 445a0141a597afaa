/** Paths in the working directory, which may be removed or renamed while a process is in it. */
import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";

const elsewhere = "process.chdir (in a notebook %cd) goes elsewhere";

/**
 * The absolute path of one that may be relative.
 *
 * @throws RangeError where the system cannot tell the working directory that the path is relative to.
 */
export function resolveHere(path: string): string {
  if (isAbsolute(path)) return resolve(path);
  try {
    return resolve(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new RangeError(
      `look into ${JSON.stringify(path)}: that is in the working directory, which must be there; it is gone; ${elsewhere}`,
    );
  }
}

/**
 * For who finds that a folder is not there: that is nothing to wonder at, unless the working directory went with it.
 *
 * @param folder an absolute path.
 * @throws RangeError if it lies in the working directory, and that is gone.
 */
export function refuseIfGone(folder: string): void {
  const here = toldFolder();
  // Where the system tells none, no absolute path is known to lie in it.
  if (here === undefined || existsSync(here) || relative(here, folder).startsWith("..")) return;
  throw new RangeError(
    `look into ${folder}: the working directory must be there; ${here} is gone, removed or renamed; ${elsewhere}`,
  );
}

/** The path of the working directory, which may be gone; undefined where the system cannot tell it. */
function toldFolder(): string | undefined {
  try {
    return resolve(".");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}
