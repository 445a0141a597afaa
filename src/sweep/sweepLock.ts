/** At most one coordinator a sweep: a file that names the process that has it. */
import { randomUUID } from "node:crypto";
import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { heartbeatEvery, ownerAlive, staleAfter, thisOwner } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";
import { journalFile } from "./sweepRecord.js";

/**
 * Takes the sweep for this process; returns the function that gives it back. A lock whose process is gone is taken over.
 *
 * Set-up has a lock of the same policy (scripts/setup/setupLock.mjs), which must work before anything is built.
 *
 * @throws RangeError when another living process has it.
 */
export function lockSweep(dir: string): () => void {
  const file = lockFile(dir);
  const mine = JSON.stringify(thisOwner());
  const owner = take(file, mine);
  if (owner)
    throw new RangeError(`the sweep in ${dir} is run by process ${owner.pid} on ${owner.host}: only one may`);
  const timer = setInterval(() => showLife(file, mine), heartbeatEvery * 1000).unref();
  let held = true;
  return () => {
    clearInterval(timer);
    if (held) giveBack(file, mine);
    held = false;
  };
}

/**
 * False when no process goes on with the sweep: it ended, or was killed. Of one on another machine only the times of its
 * files tell: without a sign of life for a minute it counts as gone.
 */
export function isCoordinated(dir: string, now = Date.now() / 1000): boolean {
  const file = lockFile(dir);
  const owner = parsed(textOf(file) ?? "");
  if (!owner) return false;
  return ownerAlive(owner) ?? now - Math.max(changedAt(file), changedAt(journalFile(dir))) <= staleAfter;
}

/** A lock's time tells other machines that its process lives; what fails here is told by whoever writes the journal. */
function showLife(file: string, mine: string): void {
  if (textOf(file) !== mine) return;
  const now = Date.now() / 1000;
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (!["ENOENT", "EROFS", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
  }
}

/** In seconds since 1970; 0 for a file that is not there. */
function changedAt(file: string): number {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000;
}

const lockFile = (dir: string): string => join(dir, "coordinator.json");

/**
 * Undefined when `file` is now this process's lock; else the living process that has it.
 *
 * Invariant: a lock that stands is changed only by its own process or, once that is gone, by the one that has the lock
 * on taking it over. Whoever has that one and sees a dead owner in `file` therefore replaces just what it saw. That
 * lock is taken in the same way, so a process that dies while it has it blocks nobody.
 */
function take(file: string, mine: string): Owner | undefined {
  for (;;) {
    if (create(file, mine)) return undefined;
    const owner = ownerOf(file);
    if (owner === "free") continue;
    if (owner !== "dead") return owner;
    const takeover = `${file}.takeover`;
    if (take(takeover, mine)) {
      pause();
      continue;
    }
    try {
      if (ownerOf(file) === "dead") {
        written(file, mine, (path) => renameSync(path, file));
        return undefined;
      }
    } finally {
      giveBack(takeover, mine);
    }
  }
}

/** Somebody may have removed the file by hand, and another process may have it since. */
function giveBack(file: string, mine: string): void {
  if (textOf(file) === mine) rmSync(file, { force: true });
}

/** A lock never stands without its owner: it is written under a name of its own first. */
function written<T>(file: string, text: string, use: (path: string) => T): T {
  const path = `${file}.${randomUUID()}`;
  try {
    writeFileSync(path, text);
    return use(path);
  } finally {
    rmSync(path, { force: true });
  }
}

/** What file systems without hard links (FAT, some shared folders) answer. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** False when a file of that name stands already. */
function create(file: string, text: string): boolean {
  return written(file, text, (path) => {
    try {
      return unlessExists(() => linkSync(path, file));
    } catch (error) {
      if (!noLinks.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      return unlessExists(() => copyFileSync(path, file, constants.COPYFILE_EXCL));
    }
  });
}

function unlessExists(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** A lock without an owner is waited for, since a copy is empty at first; one that stays so a full disk left. */
function ownerOf(file: string): Owner | "free" | "dead" {
  for (let i = 0; i < 50; i++) {
    const text = textOf(file);
    if (text === undefined) return "free";
    const owner = parsed(text);
    if (owner) return ownerAlive(owner) === false ? "dead" : owner;
    pause();
  }
  return "dead";
}

function parsed(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Undefined for a file that is not there. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** 10 ms: others have a lock on taking over for less. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
