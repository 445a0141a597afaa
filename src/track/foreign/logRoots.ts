/** Below which folders runs of other programs were looked for, so that they can be called by their path from there. */
import { basename, relative, resolve, sep } from "node:path";
import { runsFolder } from "../runFolder.js";

/** The one that was looked in last is the last. */
const roots = new Set<string>();

export function rememberLogRoot(root: string): void {
  const path = resolve(root);
  roots.delete(path);
  roots.add(path);
}

/** For a thread that reads what another one found. */
export function logRoots(): readonly string[] {
  return [...roots];
}

/** `version_0/train`: the path from the folder that was looked in last, of those above it; of that folder itself its own name. */
export function logName(dir: string): string {
  const root = [runsFolder(), ...roots].findLast((path) =>
    dir.startsWith(path.endsWith(sep) ? path : path + sep),
  );
  const name = root === undefined ? basename(dir) : relative(root, dir);
  return name.split(sep).join("/");
}
