/** The files of code that a run keeps: what its record names is looked at, since a record may come from anybody. */
import { lstatSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";

export interface StoredCode {
  /** As the record names it: its path below `code/`. */
  readonly name: string;
  readonly file: string;
}

/**
 * The file that a record's name means; undefined where none is there.
 *
 * @throws RangeError for a name that means anything but a regular file below the run's `code/`.
 */
export function storedCode(dir: string, name: string): StoredCode | undefined {
  const folder = join(dir, "code");
  const outside = new RangeError(
    `read the code of ${dir}: it must be a regular file inside its folder code; got ${JSON.stringify(name)}`,
  );
  if (typeof name !== "string" || name === "" || isAbsolute(name) || name.includes("\0")) throw outside;
  if (name.split(/[/\\]/).includes("..")) throw outside;
  const file = join(folder, name);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw outside;
  // A folder on the way may be a link.
  if (!realpathSync(file).startsWith(`${realpathSync(folder)}${sep}`)) throw outside;
  return { name, file };
}

/** Its text; undefined where no such file is there. @throws RangeError as `storedCode`, and what the file system says. */
export function storedText(dir: string, name: string): string | undefined {
  const found = storedCode(dir, name);
  return found && readFileSync(found.file, "utf8");
}
