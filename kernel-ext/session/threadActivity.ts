/** Whether a thread of this process computes, waits for a processor, or sleeps. */
import { openSync, readSync } from "node:fs";
import process from "node:process";
import { parseProcessStat } from "../../src/base/processStat.js";

export interface ThreadActivity {
  /** It waits for something other than a processor. */
  readonly sleeping: boolean;
  /** Processor time it has used, in milliseconds. */
  readonly cpu: number;
}

/** Kept open: it is asked for just then, too, when a cell holds all the descriptors that a process may have. */
const stat = process.platform === "linux" ? openSync(`/proc/self/task/${process.pid}/stat`, "r") : undefined;
/** Longer than any such file: fifty numbers and a name of 16 characters. */
const text = Buffer.alloc(4096);

/** Of the main thread of this process. Linux only: undefined elsewhere. */
export function mainThreadActivity(): ThreadActivity | undefined {
  if (stat === undefined) return undefined;
  // Linux writes the file anew for whoever reads its beginning.
  const length = readSync(stat, text, 0, text.length, 0);
  const { state, cpu } = parseProcessStat(text.toString("latin1", 0, length));
  return { sleeping: state !== "R", cpu };
}
