/** The processes a process started, and those they started. */
import { readdirSync, readFileSync } from "node:fs";

export interface Descendant {
  readonly pid: number;
  readonly parent: number;
  /** Hundredths of a second between the machine's start and its own. */
  readonly began: number;
}

/** Parents before children. Linux only: elsewhere there is no /proc, and the list is empty. */
export function descendants(ancestor: number): Descendant[] {
  const children = new Map<number, Descendant[]>();
  for (const name of entries("/proc")) {
    const one = /^\d+$/.test(name) ? processOf(name) : undefined;
    if (one) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  }
  const found = [...(children.get(ancestor) ?? [])];
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Undefined when the process ended meanwhile. */
function processOf(pid: string): Descendant | undefined {
  const status = ifThere(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  // The second field is the name in parentheses, which may itself hold spaces and parentheses.
  const fields = status?.slice(status.lastIndexOf(")") + 2).split(" ");
  // Linux tells programs of a hundred clock ticks a second, whatever it counts itself.
  return fields && { pid: Number(pid), parent: Number(fields[1]), began: Number(fields[19]) };
}

function entries(folder: string): string[] {
  return ifThere(() => readdirSync(folder)) ?? [];
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}
