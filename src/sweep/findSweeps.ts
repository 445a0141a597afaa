/** Where sweeps lie and how one is found by name. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { readSweepRecord, recordFile } from "./sweepRecord.js";

/** `sweeps/` under the working directory, or TUNELAB_SWEEPS. */
export function sweepsFolder(): string {
  return resolve(process.env.TUNELAB_SWEEPS || "sweeps");
}

/** Folders of all sweeps, oldest first; with a name only those called so. */
export function findSweeps(name?: string, root: string = sweepsFolder()): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((entry) => join(root, entry))
    .filter((dir) => existsSync(recordFile(dir)))
    .map((dir) => ({ dir, record: readSweepRecord(dir), time: statSync(recordFile(dir)).mtimeMs }))
    .filter(({ record }) => name === undefined || record.name === name || record.id === name)
    .sort((a, b) => a.time - b.time)
    .map(({ dir }) => dir);
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
