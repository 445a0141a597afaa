/** The event files of a run's folder, in all of its writers' folders. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Paths of all event files under `dir`, sorted by folder and name. Links are not followed.
 *
 * Throws what the file system says of `dir` itself.
 *
 * @param closed told of each folder below `dir` that the system would not list, whose files are left out; without it, that throws
 */
export function eventFiles(dir: string, closed?: (folder: string, error: Error) => void): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isFile() && entry.name.includes("tfevents")) found.push(path);
      else if (entry.isDirectory()) unlessClosed(path, () => visit(path), closed);
    }
  };
  visit(dir);
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function unlessClosed(
  folder: string,
  look: () => void,
  closed: ((folder: string, error: Error) => void) | undefined,
): void {
  try {
    look();
  } catch (error) {
    // It was there a moment ago.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    if (!closed) throw error;
    closed(folder, error as Error);
  }
}

/** When a run's events were last written, in seconds since 1970; 0 if there are none that can be looked at. */
export function lastWrite(dir: string): number {
  return Math.max(0, ...eventFiles(dir, () => {}).map(writtenAt));
}

function writtenAt(path: string): number {
  try {
    return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000;
  } catch (error) {
    // Its folder may be listed, and not entered.
    if ((error as NodeJS.ErrnoException).code === "EACCES") return 0;
    throw error;
  }
}
