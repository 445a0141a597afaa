/** The event files directly in a folder. */
import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { isClosed } from "./pathErrors.js";

/** Their paths, sorted by name. Throws what the file system says of `dir`. */
export function logFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => isLog(dir, entry))
    .map(({ name }) => join(dir, name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Whether an entry of `dir` is an event file; a link that leads nowhere is one that cannot be read. */
export function isLog(dir: string, entry: Dirent): boolean {
  if (!isEventFile(entry.name) || entry.isDirectory()) return false;
  if (entry.isFile()) return true;
  // Whoever opened a pipe would wait for its other end. Some file systems do not say what an entry is.
  const stat = statOf(join(dir, entry.name));
  return stat ? stat.isFile() : entry.isSymbolicLink();
}

/** Undefined of a link that leads nowhere, or round in a circle. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}

/** TensorFlow's profiler marks the folders of its profiles by event files without events. */
function isEventFile(name: string): boolean {
  return name.includes("tfevents") && !name.endsWith(".profile-empty");
}
