/** Diagnoses runs on disk. */
import { findRuns, isFixCopy, readRun } from "../track/index.js";
import { readRunRecord } from "../track/runReader.js";
import { diagnose } from "./diagnose.js";
import type { Diagnosis } from "./diagnosis.js";

/** A run's name, id, folder or pattern, or anything that has a run's folder, such as what `fit` returns. */
export type RunReference = string | { readonly dir: string | undefined };

/**
 * What is wrong with runs, and what to do about it, oldest run first; of the newest run if nothing is given, but for the copies that a fix
 * trained. Of several runs of one name it looks at the newest, and the diagnosis says how many older ones there are; those have their ids.
 *
 * Throws a `RangeError` if a run is unknown or there is none at all, a `TypeError` for one that was not recorded.
 *
 * @example
 * const [diagnosis] = await doctor("baseline");
 * diagnosis.top?.problem;
 */
export async function doctor(
  runs?: RunReference | readonly RunReference[],
  options: { readonly dir?: string } = {},
): Promise<Diagnosis[]> {
  if (runs === undefined) {
    const dirs = findRuns([], options);
    // What a fix trained is looked at by its name: the run that it was to repair is the person's.
    const newest = dirs.findLast((dir) => !isFixCopy(readRunRecord(dir))) ?? dirs.at(-1);
    if (newest === undefined)
      throw new RangeError("doctor: there must be a run to look at, and there is none yet");
    return [diagnose(readRun(newest))];
  }
  const references = Array.isArray(runs) ? (runs as readonly RunReference[]) : [runs as RunReference];
  const older = new Map<string, number>();
  for (const reference of references) {
    for (const [dir, count] of newestOfEachName(findRuns(patternOf(reference), options)))
      older.set(dir, Math.max(count, older.get(dir) ?? 0));
  }
  // Once more through `findRuns`, which puts them in order of age and takes an empty list for all runs.
  const dirs = older.size === 0 ? [] : findRuns([...older.keys()], options);
  return dirs.map((dir) => diagnose(readRun(dir), { older: older.get(dir) ?? 0 }));
}

/** Of folders, oldest first, the last of each name, with the number of those before it. */
function newestOfEachName(dirs: readonly string[]): Map<string, number> {
  const byName = new Map<string, string[]>();
  for (const dir of dirs) {
    const { name } = readRunRecord(dir);
    byName.set(name, [...(byName.get(name) ?? []), dir]);
  }
  return new Map([...byName.values()].map((same) => [same.at(-1) as string, same.length - 1]));
}

function patternOf(reference: RunReference): string {
  const dir = typeof reference === "string" ? reference : reference?.dir;
  if (typeof dir !== "string") {
    throw new TypeError(
      `doctor: a run must be a name, a folder or a recorded run; got ${JSON.stringify(reference)}`,
    );
  }
  return dir;
}
