/** The trainings of this process that can be done again, for those who know a run by its name only. */
import type { FitRun } from "./fitRun.js";

/** Each holds its data set: no more than these are kept. */
const most = 4;
const kept = new Map<string, FitRun>();

export function keepFitted(run: FitRun): void {
  if (run.id === undefined || !run.isRepeatable) return;
  kept.set(run.id, run);
  for (const id of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(id);
  }
}

/** By its id. */
export function fitted(id: string): FitRun | undefined {
  return kept.get(id);
}
