/** How long threads were ready to run and had no processor: that is the machine's doing, not the kernel's. */
import { readdirSync, readFileSync } from "node:fs";
import { family } from "./unbreakable/processes.js";

/**
 * @param kernel its front's process.
 * @returns tells how many milliseconds the threads of the kernel's processes, and of this one, were kept waiting since the
 * call, added up. Linux tells it; elsewhere 0. On a free machine next to nothing.
 */
export function keptWaiting(kernel: number): () => number {
  if (process.platform !== "linux") return () => 0;
  const before = delays(kernel);
  return () => {
    let sum = 0;
    for (const [thread, delay] of delays(kernel)) sum += delay - (before.get(thread) ?? 0);
    return sum;
  };
}

/** By thread, in milliseconds since it began. */
function delays(kernel: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const pid of [process.pid, ...family(kernel).map((one) => one.pid)]) {
    for (const thread of unlessGone(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
      const text = unlessGone(() => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1"));
      // Nanoseconds on a processor, nanoseconds of waiting for one, turns.
      if (text !== undefined) found.set(thread, Number(text.split(" ")[1]) / 1e6);
    }
  }
  return found;
}

/** A thread may end meanwhile, and a kernel may count none of this. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw error;
  }
}
