import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { MagicError } from "./magicError.js";

/** The file a path means that was given to `magic`. Throws a `MagicError` when a relative path leaves the folder, also through a link. */
export function fileInside(folder: string, path: string, magic: string): string {
  if (isAbsolute(path)) return path;
  const home = realpathSync(folder);
  const file = resolve(home, path);
  const real = join(realExisting(dirname(file)), file.slice(dirname(file).length));
  const away = relative(home, real);
  if (away === "" || away.startsWith("..") || isAbsolute(away)) {
    throw new MagicError(
      `${magic} keeps relative paths inside ${folder}, but was given ${path}: give an absolute path`,
    );
  }
  return file;
}

/** The real path of a folder that may not exist yet: of the part that does, with the rest after it. */
function realExisting(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    // Not there yet: its parent decides where it will be.
    return join(realExisting(dirname(folder)), folder.slice(dirname(folder).length));
  }
}
