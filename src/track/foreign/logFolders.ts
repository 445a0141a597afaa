/** Folders with event files that other programs wrote: each is a run, as TensorBoard has it, but for parts of another. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isFolder } from "../../base/isFolder.js";
import { visibleControls } from "../../base/visibleControls.js";
import { warnOnce } from "../../base/warnOnce.js";
import { isLog, logFiles } from "./logFiles.js";
import { logParts } from "./logParts.js";
import { isClosed, isGone } from "./pathErrors.js";

/** What is below `root`. */
export interface RunFolders {
  /** Directly under it, with a run.json. */
  readonly ours: readonly string[];
  /**
   * It, or any folder below it, with event files and no run.json, or with halves of a training; none that is a part of
   * another. Nothing is looked for in a run's folder of ours.
   */
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
  const visit = (dir: string, { depth, isPart }: { depth: number; isPart: boolean }): void => {
    const real = realpathSync(dir);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = readdirSync(dir, { withFileTypes: true });
    const isOurs = entries.some(({ name }) => name === "run.json");
    if (depth > 0 && isOurs) {
      if (depth === 1) ours.push(dir);
      return;
    }
    const parts = isOurs || isPart ? [] : logParts(dir, entries);
    if (!isOurs && !isPart && (parts.length > 0 || entries.some((entry) => isLog(dir, entry))))
      foreign.push(dir);
    for (const entry of entries) {
      const { name } = entry;
      // What is no file is a folder, a link to one, or of a file system that does not say.
      if (name.startsWith(".") || name === "node_modules" || entry.isFile()) continue;
      const path = join(dir, name);
      orWithout(path, () => {
        const isNextPart = parts.some(({ folder }) => folder === name);
        if (entry.isDirectory() || isFolder(path)) visit(path, { depth: depth + 1, isPart: isNextPart });
      });
    }
  };
  visit(root, { depth: 0, isPart: false });
  return { ours, foreign: foreign.sort() };
}

function orWithout(path: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    if (isClosed(error)) {
      const { code } = error as NodeJS.ErrnoException;
      warnOnce(`${visibleControls(path)} is left out, since it cannot be read (${code})`);
    } else if (!isGone(error)) throw error;
  }
}

/** Whether another program's run in the folder above has it as a part. */
export function isLogPart(dir: string): boolean {
  const whole = dirname(dir);
  return isLogFolder(whole) && logParts(whole).some(({ folder }) => folder === basename(dir));
}

/** Whether event files lie in it, or in halves of a training below it, and no run.json. */
export function isLogFolder(dir: string): boolean {
  if (!isFolder(dir) || existsSync(join(dir, "run.json"))) return false;
  return logFiles(dir).length > 0 || logParts(dir).length > 0;
}
