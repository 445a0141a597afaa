/** The folder of this process. */
import { existsSync, statSync } from "node:fs";
import process from "node:process";
import { MagicError } from "../magics/magicError.js";

export class WorkingFolder {
  private last = process.cwd();

  /**
   * The last one known where the system cannot tell: it was removed, its path is too long. For reports, to leave it, and
   * for modules, which are found from it as before; magics and commands ask `folderToWorkIn`.
   */
  get path(): string {
    try {
      this.last = process.cwd();
    } catch {
      // Whoever works in the folder asks again.
    }
    return this.last;
  }
}

/**
 * The folder that this process is in. A path that was told before leads elsewhere once it is not told any more.
 * @param last The last one known, to say of it that it is gone.
 * @throws MagicError while the system cannot tell it, or when it was removed.
 */
export function folderToWorkIn(last: string): string {
  const folder = presentFolder();
  if (folder !== undefined && isHere(folder)) return folder;
  const untold = "the system cannot tell where that is: it was removed, or its path is too long";
  const renamed = `${last} is another folder now: the notebook's was renamed`;
  const why = existsSync(last) ? (folder === undefined ? untold : renamed) : `${last} is gone`;
  throw new MagicError(`this works in the notebook's folder, but ${why}; %cd goes elsewhere`);
}

/** Node keeps a path that it was told once: another folder may have it by now. */
function isHere(folder: string): boolean {
  const [there, here] = [folder, "."].map((path) => statSync(path, { throwIfNoEntry: false }));
  return there !== undefined && there.dev === here?.dev && there.ino === here.ino;
}

function presentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
