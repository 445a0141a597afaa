import { statSync } from "node:fs";

/** Of a link: of what it leads to; false where that is gone. Throws what else the file system says. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
