/** Folders with event files that other programs wrote: each is a run, as TensorBoard has it. */
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/** What is below `root`. */
export interface RunFolders {
  /** Directly under it, with a run.json. */
  readonly ours: readonly string[];
  /** It, or any folder below it, with event files and no run.json. Nothing is looked for in a run's folder of ours. */
  readonly foreign: readonly string[];
}

/** Links are followed, each folder looked at once; hidden folders and `node_modules` are left out. */
export function runFoldersIn(root: string): RunFolders {
  const ours: string[] = [];
  const foreign: string[] = [];
  const seen = new Set<string>();
  const visit = (dir: string, depth: number): void => {
    const real = realpathSync(dir);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = readdirSync(dir);
    if (depth > 0 && entries.includes("run.json")) {
      if (depth === 1) ours.push(dir);
      return;
    }
    if (entries.some(isEventFile) && isLogFolder(dir)) foreign.push(dir);
    for (const name of entries) {
      const path = join(dir, name);
      if (!name.startsWith(".") && name !== "node_modules" && isFolder(path)) visit(path, depth + 1);
    }
  };
  visit(root, 0);
  return { ours, foreign: foreign.sort() };
}

/** Whether event files lie in it, and no run.json. */
export function isLogFolder(dir: string): boolean {
  return isFolder(dir) && !existsSync(join(dir, "run.json")) && logFiles(dir).length > 0;
}

/** Paths of the event files directly in `dir`, sorted by name. */
export function logFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => isEventFile(entry.name) && !entry.isDirectory())
    .map(({ name }) => join(dir, name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** TensorFlow's profiler marks the folders of its profiles by event files without events. */
function isEventFile(name: string): boolean {
  return name.includes("tfevents") && !name.endsWith(".profile-empty");
}

/** Of a link: what it leads to; false where that is gone. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
