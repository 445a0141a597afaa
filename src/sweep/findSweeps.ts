/** Where sweeps lie and how one is found by name. */
import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { refuseIfGone, resolveHere } from "../base/workingFolder.js";
import { readSweepRecord, recordFile, type SweepRecord } from "./sweepRecord.js";

/** `sweeps/` under the working directory, or TUNELAB_SWEEPS. */
export function sweepsFolder(): string {
  return resolveHere(process.env.TUNELAB_SWEEPS || "sweeps");
}

/**
 * Folders of all sweeps by the time they were made, oldest first; with a name only those called so. One whose
 * sweep.json cannot be read is told and left out. Throws a `RangeError` if the working directory is gone, and the root in it.
 */
export function findSweeps(name?: string, root: string = sweepsFolder()): string[] {
  if (!existsSync(root)) {
    refuseIfGone(root);
    return [];
  }
  return readdirSync(root)
    .map((entry) => join(root, entry))
    .filter((dir) => existsSync(recordFile(dir)))
    .flatMap(readIfWhole)
    .filter(({ record }) => name === undefined || record.name === name || record.id === name)
    .sort(byAge)
    .map(({ dir }) => dir);
}

interface KnownSweep {
  readonly dir: string;
  readonly record: SweepRecord;
}

function readIfWhole(dir: string): KnownSweep[] {
  try {
    return [{ dir, record: readSweepRecord(dir) }];
  } catch (error) {
    console.warn(`tunelab: ${recordFile(dir)} is left out: ${(error as Error).message}`);
    return [];
  }
}

/** Oldest first. Copying a folder changes what the file system says of its age, not what the record says. */
function byAge(a: KnownSweep, b: KnownSweep): number {
  return Date.parse(a.record.createdAt) - Date.parse(b.record.createdAt) || (a.dir < b.dir ? -1 : 1);
}

/**
 * The folder of the sweep with this name (the newest), id or path.
 *
 * @throws RangeError when there is none.
 */
export function findSweep(name: string, root: string = sweepsFolder()): string {
  const path = isAbsolute(name) ? name : resolve(name);
  if (existsSync(recordFile(path))) return path;
  const inRoot = join(root, name);
  if (existsSync(recordFile(inRoot))) return inRoot;
  const found = findSweeps(name, root).at(-1);
  if (found === undefined) throw new RangeError(`no sweep is called "${name}" in ${root}`);
  return found;
}
