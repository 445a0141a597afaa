/** What processes a kernel has started, and whether they still run. */
import { readdirSync, readFileSync } from "node:fs";
import type { KernelClient } from "../kernelClient.js";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All that run now; a zombie does not. Linux only. */
export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const found = processOf(Number(name));
      return found ? [found] : [];
    });
}

/** `ancestor` and all that descend from it. */
export function family(ancestor: number): Process[] {
  const all = processes();
  const found = all.filter(({ pid }) => pid === ancestor);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

export function alive(pid: number): boolean {
  return processOf(pid) !== undefined;
}

/** Waits until none of them runs, and names those that do. */
export async function allGone(kernel: KernelClient, members: readonly Process[]): Promise<void> {
  const left = () => members.filter(({ pid }) => alive(pid)).map(({ pid, command }) => `${command} (${pid})`);
  await kernel
    .until(() => left().length === 0, "the end of all processes")
    .catch(() => {
      throw new Error(`still there: ${left().join(", ")}`);
    });
}

/** Resident memory in MB now. */
export function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function processOf(pid: number): Process | undefined {
  let stat: string;
  let command: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
  } catch {
    return undefined;
  }
  // The name in parentheses may itself hold spaces and parentheses.
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" ? undefined : { pid, parent: Number(parent), command };
}
