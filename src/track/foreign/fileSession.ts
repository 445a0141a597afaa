/** What an event file says of its run, read again only as far as it is new. */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type LogSession, mark, readSession } from "./logSession.js";

/** Hyper-parameters stand at a file's beginning and its end: what lies between is not looked through for them. */
const beginning = 4 * 2 ** 20;
const ending = 2 ** 16;

interface Known {
  readonly inode: number;
  readonly size: number;
  readonly modified: number;
  /** What the beginning says, of which so many bytes were looked through. */
  readonly start: LogSession;
  readonly looked: number;
  readonly session: LogSession;
}

/** By path. */
const known = new Map<string, Known>();
const mostKnown = 100_000;

/** A file that cannot be read says nothing: whoever reads the run's values tells that. */
export function fileSession(file: string): LogSession {
  const before = known.get(file);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return { config: {} };
  if (before?.inode === stat.ino && before.size === stat.size && before.modified === stat.mtimeMs)
    return before.session;
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return { config: {} };
  }
  try {
    const found = readFile(descriptor, before);
    if (known.size >= mostKnown) known.clear();
    known.set(file, found);
    return found.session;
  } finally {
    closeSync(descriptor);
  }
}

/** An event file only ever grows: what was looked through stays as it is, unless another took its place. */
function readFile(descriptor: number, before: Known | undefined): Known {
  const { size, ino: inode, mtimeMs: modified } = fstatSync(descriptor);
  const goesOn = before?.inode === inode && before.size < size ? before : undefined;
  const { start, looked } = readBeginning(descriptor, Math.min(size, beginning), goesOn);
  const session = { ...start, config: { ...start.config } };
  if (size > beginning) {
    const at = Math.max(beginning, size - ending);
    readSession(bytesOf(descriptor, at, size), session);
  }
  return { inode, size, modified, start, looked, session };
}

function readBeginning(
  descriptor: number,
  end: number,
  before: Known | undefined,
): Pick<Known, "start" | "looked"> {
  if (before?.start.began !== undefined) {
    // The name may have been written half.
    const added = bytesOf(descriptor, Math.max(0, before.looked - mark.length), end);
    if (!added.includes(mark)) return { start: before.start, looked: end };
  }
  const start: LogSession = { config: {} };
  return { looked: readSession(bytesOf(descriptor, 0, end), start), start };
}

function bytesOf(descriptor: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
}
