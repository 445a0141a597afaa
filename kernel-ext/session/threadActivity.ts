/** Whether a thread of this process computes, waits for a processor, or sleeps. */
import { readFileSync } from "node:fs";

export interface ThreadActivity {
  /** It waits for something other than a processor. */
  readonly sleeping: boolean;
  /** Processor time it has used, in milliseconds. */
  readonly cpu: number;
}

/** Of the main thread of this process. Linux only: undefined elsewhere. */
export function mainThreadActivity(): ThreadActivity | undefined {
  if (process.platform !== "linux") return undefined;
  const folder = `/proc/self/task/${process.pid}`;
  const status = readFileSync(`${folder}/stat`, "latin1");
  // The second field is the name in parentheses, which may itself hold spaces and parentheses.
  const [state, ...fields] = status.slice(status.lastIndexOf(")") + 2).split(" ");
  // utime and stime count in clock ticks, a hundredth of a second on every Linux that Node runs on.
  const cpu = (Number(fields[10]) + Number(fields[11])) * 10;
  return { sleeping: state !== "R", cpu };
}
