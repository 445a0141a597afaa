/** A file that names the process that has what lies beside it. */
import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { textIfThere } from "../base/textIfThere.js";
import { ownerAlive, staleAfter } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";

/**
 * Undefined when `file` is now this process's lock; else the living process that has it.
 *
 * Invariant: a lock that stands is changed only by its own process or, once `isDead` says so, by the one that has the lock
 * on taking it over. Whoever has that one and sees a dead owner in `file` therefore replaces just what it saw. That
 * lock is taken in the same way, so a process that dies while it has it blocks nobody.
 */
export function take(file: string, mine: string, isDead: (owner: Owner) => boolean): Owner | undefined {
  for (;;) {
    if (create(file, mine)) return undefined;
    const owner = ownerOf(file, isDead);
    if (owner === "free") continue;
    if (owner !== "dead") return owner;
    const takeover = `${file}.takeover`;
    const isOld = () => secondsSince(takeover) > staleAfter;
    if (take(takeover, mine, (one) => isGone(one, isOld))) {
      pause();
      continue;
    }
    try {
      if (ownerOf(file, isDead) === "dead") {
        written(file, mine, (path) => renameSync(path, file));
        return undefined;
      }
    } finally {
      giveBack(takeover, mine);
    }
  }
}

/** Whether this machine knows that its process is gone, or counts it as gone. */
export function isGone(owner: Owner, isSilent: () => boolean): boolean {
  const alive = ownerAlive(owner);
  return alive === undefined ? isSilent() : !alive;
}

/**
 * A lock's time tells other machines that its process lives: it is written again, so that the file system's clock counts.
 * Gives the other process that has it now. What fails here is told by whoever writes the journal.
 */
export function showLife(file: string, mine: string): Owner | undefined {
  try {
    const descriptor = openSync(file, "r+");
    try {
      const text = readFileSync(descriptor, "utf8");
      if (text !== mine) return parsed(text);
      writeSync(descriptor, mine, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (
      !["ENOENT", "EROFS", "EACCES", "EPERM", "ENOSPC"].includes((error as NodeJS.ErrnoException).code ?? "")
    )
      throw error;
  }
  return undefined;
}

/**
 * Since one of the files was written, by the clock that gives files their times: that of this or another machine may be
 * wrong. A time that is ahead says nothing.
 */
export function secondsSince(...files: readonly [string, ...string[]]): number {
  const now = written(files[0], "", changedAt);
  const times = files.map(changedAt).filter((time) => time <= now + staleAfter);
  return now - Math.max(0, ...times);
}

/** In seconds since 1970; 0 for a file that is not there. */
export function changedAt(file: string): number {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000;
}

/** The process that a lock names; undefined where there is none. */
export function ownerIn(file: string): Owner | undefined {
  return parsed(textIfThere(file) ?? "");
}

/** Somebody may have removed the file by hand, and another process may have it since. */
export function giveBack(file: string, mine: string): void {
  if (textIfThere(file) === mine) rmSync(file, { force: true });
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
function ownerOf(file: string, isDead: (owner: Owner) => boolean): Owner | "free" | "dead" {
  for (let i = 0; i < 50; i++) {
    const text = textIfThere(file);
    if (text === undefined) return "free";
    const owner = parsed(text);
    if (owner) return isDead(owner) ? "dead" : owner;
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

/** 10 ms: others have a lock on taking over for less. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
