/** The processes a process started, and those they started. */
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { parseProcessStat } from "../../src/base/processStat.js";

export interface Descendant {
  readonly pid: number;
  readonly parent: number;
  /** Hundredths of a second between the machine's start and its own. */
  readonly began: number;
}

/** Codes of errors: no more files may be open. */
const tooMany = ["EMFILE", "ENFILE"];

/** Given up while files are read one by one: a cell may hold all other descriptors that this process may have. */
let spare = spareDescriptor();

/** Parents before children. Linux only: elsewhere there is no /proc, and the list is empty. */
export function descendants(ancestor: number): Descendant[] {
  if (spare !== undefined) closeSync(spare);
  try {
    return readDescendants(ancestor);
  } finally {
    spare = spareDescriptor();
  }
}

function readDescendants(ancestor: number): Descendant[] {
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
  const stat = ifThere(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  if (stat === undefined) return undefined;
  const { parent, began } = parseProcessStat(stat);
  return { pid: Number(pid), parent, began };
}

/** None where there is none, or a cell holds all descriptors, the spare one too. */
function entries(folder: string): string[] {
  return unless(["ENOENT", ...tooMany], () => readdirSync(folder)) ?? [];
}

function ifThere<T>(read: () => T): T | undefined {
  return unless(["ENOENT", "ESRCH"], read);
}

/** Undefined when another thread was quicker to take the last. */
function spareDescriptor(): number | undefined {
  return unless(tooMany, () => openSync("/", "r"));
}

function unless<T>(codes: readonly string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (codes.includes(String(code))) return undefined;
    throw error;
  }
}
