/** The option `--dir` of verbs that look at runs. */
import { resolve } from "node:path";
import { wrongFolder } from "../base/wrongFolder.js";
import { Misuse, type OptionSpec, type OptionValue } from "./command.js";

export const dirOption: OptionSpec = {
  type: "string",
  value: "DIR",
  description: "the folder of runs, or any folder of TensorBoard's event files",
};

/**
 * Its absolute path; undefined where it is not given.
 *
 * @throws Misuse when it is no folder: whoever names one means one that is there.
 */
export function folderOfRuns(dir: OptionValue | undefined): string | undefined {
  if (typeof dir !== "string") return undefined;
  const path = resolve(dir);
  const why = wrongFolder(path);
  if (why !== undefined) throw new Misuse(why);
  return path;
}
