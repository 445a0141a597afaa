/** Below which folders runs of other programs were looked for, so that they can be called by their path from there. */
import { basename, dirname, relative, resolve, sep } from "node:path";
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

/** Lightning numbers the folders of its runs: what they are of only the folder above says. */
const numbered = /^version_\d+$/;

/**
 * `mlp/train`: the path from the folder that was looked in last, of those above it; of that folder itself its own name.
 * Before a mere number of Lightning stands the folder above: `lightning_logs/version_0`.
 */
export function logName(dir: string): string {
  const root = [runsFolder(), ...roots].findLast((path) =>
    dir.startsWith(path.endsWith(sep) ? path : path + sep),
  );
  const base = root ?? dirname(dir);
  const parts = relative(base, dir).split(sep);
  if (numbered.test(parts[0] ?? "") && basename(base) !== "") parts.unshift(basename(base));
  return parts.join("/");
}
