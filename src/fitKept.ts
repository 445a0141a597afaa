/** The trainings of this process that can be done again: the last few, since each holds its data set and its first weights. */
import type { FitRun } from "./fitRun.js";

const most = 4;
/** Bytes of data and weights that all but the newest may hold together. */
const mostBytes = 512e6;
const kept = new Map<string, FitRun>();

export function keepFitted(run: FitRun): void {
  if (run.id === undefined || !run.isRepeatable) return;
  kept.set(run.id, run);
  for (const [id, older] of kept) {
    if (older === run) return;
    if (kept.size <= most && heldBefore(run) <= mostBytes) return;
    kept.delete(id);
    older.forget();
  }
}

function heldBefore(newest: FitRun): number {
  return [...kept.values()].reduce((sum, run) => sum + (run === newest ? 0 : run.heldBytes), 0);
}

/** By its id. */
export function fitted(id: string): FitRun | undefined {
  return kept.get(id);
}
