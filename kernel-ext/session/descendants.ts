/** The processes a process started, and those they started. */
import { readdirSync, readFileSync } from "node:fs";

/** Process ids, parents before children. Linux only: elsewhere there is no /proc, and the list is empty. */
export function descendants(ancestor: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of entries("/proc")) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [...(children.get(ancestor) ?? [])];
  for (const process of found) found.push(...(children.get(process) ?? []));
  return found;
}

/** Undefined when the process ended meanwhile. */
function parentOf(pid: string): number | undefined {
  const status = ifThere(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  // The second field is the name in parentheses, which may itself hold spaces and parentheses.
  const fields = status?.slice(status.lastIndexOf(")") + 2).split(" ");
  return fields && Number(fields[1]);
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
