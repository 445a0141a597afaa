/** The folder of this process. */
import { existsSync } from "node:fs";
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
  if (folder !== undefined && existsSync(folder)) return folder;
  const why = existsSync(last)
    ? "the system cannot tell where that is: it was removed, or its path is too long"
    : `${last} is gone`;
  throw new MagicError(`this works in the notebook's folder, but ${why}; %cd goes elsewhere`);
}

function presentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
