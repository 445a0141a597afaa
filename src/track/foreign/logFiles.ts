/** The event files directly in a folder. */
import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Their paths, sorted by name. Throws what the file system says of `dir`. */
export function logFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter(isLog)
    .map(({ name }) => join(dir, name))
    .sort((a, b) => (a < b ? -1 : 1));
}

export function isLog(entry: Dirent): boolean {
  return isEventFile(entry.name) && !entry.isDirectory();
}

/** TensorFlow's profiler marks the folders of its profiles by event files without events. */
function isEventFile(name: string): boolean {
  return name.includes("tfevents") && !name.endsWith(".profile-empty");
}

/** Of a link: what it leads to; false where that is gone. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
