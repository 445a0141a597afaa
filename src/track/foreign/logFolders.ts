/** Folders with event files that other programs wrote: each is a run, as TensorBoard has it. */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { visibleControls } from "../../base/visibleControls.js";
import { warnOnce } from "../../base/warnOnce.js";

/** What is below `root`. */
export interface RunFolders {
  /** Directly under it, with a run.json. */
  readonly ours: readonly string[];
  /** It, or any folder below it, with event files and no run.json. Nothing is looked for in a run's folder of ours. */
  readonly foreign: readonly string[];
}

/**
 * Links are followed, each folder looked at once; hidden folders and `node_modules` are left out. So are, said once, folders
 * below `root` that cannot be read, and those removed meanwhile.
 *
 * @throws Error when `root` itself cannot be read.
 */
export function runFoldersIn(root: string): RunFolders {
  const ours: string[] = [];
  const foreign: string[] = [];
  const seen = new Set<string>();
  const visit = (dir: string, depth: number): void => {
    const real = realpathSync(dir);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = readdirSync(dir, { withFileTypes: true });
    const isOurs = entries.some(({ name }) => name === "run.json");
    if (depth > 0 && isOurs) {
      if (depth === 1) ours.push(dir);
      return;
    }
    if (!isOurs && entries.some(isLog)) foreign.push(dir);
    for (const entry of entries) {
      const { name } = entry;
      // What is no file is a folder, a link to one, or of a file system that does not say.
      if (name.startsWith(".") || name === "node_modules" || entry.isFile()) continue;
      const path = join(dir, name);
      orWithout(path, () => {
        if (entry.isDirectory() || isFolder(path)) visit(path, depth + 1);
      });
    }
  };
  visit(root, 0);
  return { ours, foreign: foreign.sort() };
}

/** Who looks has no right to, or a link leads round in a circle. */
const closed: ReadonlySet<string | undefined> = new Set(["EACCES", "EPERM", "ELOOP"]);
/** It was there a moment ago. */
const gone: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR"]);

function orWithout(path: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (closed.has(code)) warnOnce(`${visibleControls(path)} is left out, since it cannot be read (${code})`);
    else if (!gone.has(code)) throw error;
  }
}

/** Whether event files lie in it, and no run.json. */
export function isLogFolder(dir: string): boolean {
  return isFolder(dir) && !existsSync(join(dir, "run.json")) && logFiles(dir).length > 0;
}

/** Paths of the event files directly in `dir`, sorted by name. */
export function logFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter(isLog)
    .map(({ name }) => join(dir, name))
    .sort((a, b) => (a < b ? -1 : 1));
}

function isLog(entry: Dirent): boolean {
  return isEventFile(entry.name) && !entry.isDirectory();
}

/** TensorFlow's profiler marks the folders of its profiles by event files without events. */
function isEventFile(name: string): boolean {
  return name.includes("tfevents") && !name.endsWith(".profile-empty");
}

/** Of a link: what it leads to; false where that is gone. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
