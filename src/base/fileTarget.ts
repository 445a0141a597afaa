/** Where a file that a person names is put: whole files are written under another name first, which then takes the place. */
import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * The absolute path; of a link to a file that of the file, there or not yet, so that the link stays one.
 *
 * @param what is done, such as `export runs to csv`
 * @throws RangeError where there is something that is no file: a folder, a device or a pipe would be lost.
 */
export function fileTarget(what: string, path: string): string {
  const target = resolve(path);
  const there = statSync(target, { throwIfNoEntry: false });
  if (!there) return unborn(target);
  if (there.isFile()) return lstatSync(target).isSymbolicLink() ? realpathSync(target) : target;
  const kind = there.isDirectory() ? "a folder" : "a device or pipe";
  throw new RangeError(`${what}: ${target} must be a file, and is ${kind}`);
}

/** Where a path leads that nothing stands at the end of. Links in a circle do not come here: `stat` throws. */
function unborn(path: string): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  return unborn(resolve(realpathSync(dirname(path)), readlinkSync(path)));
}
