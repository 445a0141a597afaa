/** Whether a thread of this process computes, waits for a processor, or sleeps. */
import { readFileSync } from "node:fs";
import process from "node:process";
import { parseProcessStat } from "../../src/base/processStat.js";

export interface ThreadActivity {
  /** It waits for something other than a processor. */
  readonly sleeping: boolean;
  /** Processor time it has used, in milliseconds. */
  readonly cpu: number;
}

/** Of the main thread of this process. Linux only: undefined elsewhere. */
export function mainThreadActivity(): ThreadActivity | undefined {
  if (process.platform !== "linux") return undefined;
  const { state, cpu } = parseProcessStat(readFileSync(`/proc/self/task/${process.pid}/stat`, "latin1"));
  return { sleeping: state !== "R", cpu };
}
