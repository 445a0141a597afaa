import { readFileSync } from "node:fs";
import { parseProcessStat } from "../../src/base/processStat.js";

/** Processor time that a process has used, all its threads together, in milliseconds. Undefined where it is not told. */
export function processorTime(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    // It ended meanwhile.
    return undefined;
  }
  return parseProcessStat(stat).cpu;
}
