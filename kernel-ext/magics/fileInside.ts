import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { MagicError } from "./magicError.js";

/**
 * The file a path means that was given to `magic`. Throws a `MagicError` when a relative path leaves the folder, also
 * through a link, or goes through one that leads nowhere.
 */
export function fileInside(folder: string, path: string, magic: string): string {
  if (isAbsolute(path)) return path;
  const home = realpathSync(folder);
  const file = resolve(home, path);
  const real = realExisting(file);
  if (real === undefined) {
    throw new MagicError(
      `${magic} does not write through a link that leads nowhere, but ${path} is one: give the file it is to be`,
    );
  }
  if (leaves(relative(home, real))) {
    throw new MagicError(
      `${magic} keeps relative paths inside ${folder}, but was given ${path}: give an absolute path`,
    );
  }
  return file;
}

/** @param away a path from the folder; empty: the folder itself, which is no file. */
function leaves(away: string): boolean {
  return away === "" || away === ".." || away.startsWith(`..${sep}`) || isAbsolute(away);
}

/** The real path of what may not exist yet: of the part that does, with the rest after it. Undefined at a link to nothing. */
function realExisting(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false })) return undefined;
    // Not there yet: its parent decides where it will be.
    const parent = realExisting(dirname(path));
    return parent === undefined ? undefined : join(parent, basename(path));
  }
}
