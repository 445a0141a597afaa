import { readFileSync } from "node:fs";

/** Processor time that a process has used, all its threads together, in milliseconds. Undefined where it is not told. */
export function processorTime(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the name in parentheses, which may itself hold spaces and parentheses.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    // utime and stime count in clock ticks, a hundredth of a second on every Linux that Node runs on.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
