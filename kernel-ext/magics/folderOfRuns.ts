import { resolve } from "node:path";
import { wrongFolder } from "../../src/base/wrongFolder.js";
import type { MagicContext } from "../session/magicContext.js";
import { MagicError } from "./magicError.js";

/**
 * The absolute path that `--dir` names; undefined where it is not given.
 *
 * @throws MagicError when it is no folder: whoever names one means one that is there. The shell's verbs say the same.
 */
export function folderOfRuns(
  context: Pick<MagicContext, "folder">,
  dir: string | undefined,
): string | undefined {
  // Where none is named the notebook's folder may be gone, which whoever looks for runs says.
  if (dir === undefined) return undefined;
  const path = resolve(context.folder, dir);
  const why = wrongFolder(path);
  if (why !== undefined) throw new MagicError(why);
  return path;
}
