import { readRun } from "./runReader.js";
import type { RunRecord } from "./runRecord.js";
import type { RunSummary } from "./runSummary.js";

interface Restated {
  readonly dir: string;
  /** Told what could not be done. */
  problem(sentence: string): void;
}

/**
 * What a restart has written over is known by the files alone: the summary is made anew of them.
 *
 * @param resumed how often the run was
 */
export function restatedSummary(
  run: Restated,
  summary: RunSummary,
  resumed: number,
): Pick<RunRecord, "summaryStands"> {
  if (!summary.beganAnew) return resumed > 0 ? { summaryStands: true } : {};
  try {
    summary.restate(readRun(run.dir).scalars);
    return { summaryStands: true };
  } catch (error) {
    run.problem(`the summary counts what was written over: ${(error as Error).message}`);
    return { summaryStands: false };
  }
}
