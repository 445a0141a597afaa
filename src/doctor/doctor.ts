/** Diagnoses runs on disk. */
import { findRuns, readRun } from "../track/index.js";
import { diagnose } from "./diagnose.js";
import type { Diagnosis } from "./diagnosis.js";

/** A run's name, id, folder or pattern, or anything that has a run's folder, such as what `fit` returns. */
export type RunReference = string | { readonly dir: string | undefined };

/**
 * What is wrong with runs, and what to do about it, oldest run first; of the newest run if nothing is given.
 *
 * @example
 * const [diagnosis] = await doctor("baseline");
 * diagnosis.top?.problem;
 *
 * Throws a `RangeError` if a run is unknown or there is none at all, a `TypeError` for one that was not recorded.
 */
export async function doctor(
  runs?: RunReference | readonly RunReference[],
  options: { readonly dir?: string } = {},
): Promise<Diagnosis[]> {
  if (runs !== undefined) {
    const references = Array.isArray(runs) ? (runs as readonly RunReference[]) : [runs as RunReference];
    // `findRuns` takes an empty list for all runs; who asks about none wants none.
    if (references.length === 0) return [];
    return findRuns(references.map(patternOf), options).map((dir) => diagnose(readRun(dir)));
  }
  const newest = findRuns([], options).at(-1);
  if (newest === undefined)
    throw new RangeError("doctor: there must be a run to look at, and there is none yet");
  return [diagnose(readRun(newest))];
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
