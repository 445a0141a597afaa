/** At most one coordinator a sweep: a file that names the process that has it. */
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
import { join } from "node:path";
import { heartbeatEvery, ownerAlive, staleAfter, thisOwner } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";
import { journalFile } from "./sweepRecord.js";

export interface LockOptions {
  /** Take it from a process of another machine too, once that gave no sign of life for a minute. Default false. */
  readonly takeOver?: boolean;
  /** Told once by `assertHeld`, or with a sign of life, that another process has it. */
  readonly onLost?: (error: Error) => void;
  /** Told once when a sign of life cannot be given, so that who has the sweep is not known. It goes on until it appends. */
  readonly onFault?: (error: Error) => void;
}

/** Gives the sweep back. */
export interface SweepLock {
  (): void;
  /**
   * Throws an `Error` once another process has the sweep: looked for with each sign of life, or when none was for long. Where
   * the last could not be given another is tried, and what the file system says of that is thrown.
   */
  readonly assertHeld: () => void;
}

/**
 * Takes the sweep for this process. A lock whose process is gone is taken over.
 *
 * Set-up has a lock of the same policy (scripts/setup/setupLock.mjs), which must work before anything is built.
 *
 * @throws RangeError when another process has it: one that lives, or of another machine.
 */
export function lockSweep(dir: string, options: LockOptions = {}): SweepLock {
  const { takeOver = false, onLost = () => {}, onFault = () => {} } = options;
  const file = lockFile(dir);
  const mine = JSON.stringify(thisOwner());
  const age = () => secondsSince(file, journalFile(dir));
  const owner = take(file, mine, (one) => isGone(one, () => takeOver && age() > staleAfter));
  if (owner) throw new RangeError(refusal(dir, owner, { takeOver, seconds: age() }));
  let held = true;
  let lost: Error | undefined;
  let looked = Date.now();
  let isFaulty = false;
  let wasTold = false;
  const look = (): void => {
    looked = Date.now();
    isFaulty = true;
    const other = lost ? undefined : showLife(file, mine);
    isFaulty = false;
    if (!other) return;
    lost = new Error(
      `the sweep in ${dir} was taken over by process ${other.pid} on ${other.host}: this one goes on with it no more`,
    );
    onLost(lost);
  };
  const beat = (): void => {
    try {
      look();
    } catch (error) {
      if (!wasTold) onFault(error as Error);
      wasTold = true;
    }
  };
  const timer = setInterval(beat, heartbeatEvery * 1000).unref();
  const release = (): void => {
    clearInterval(timer);
    if (held) giveBack(file, mine);
    held = false;
  };
  const assertHeld = (): void => {
    // A process that was halted, or its machine, does not know how long.
    if (isFaulty || Math.abs(Date.now() - looked) > heartbeatEvery * 1000) look();
    if (lost) throw lost;
  };
  return Object.assign(release, { assertHeld });
}

function refusal(
  dir: string,
  owner: Owner,
  { takeOver, seconds }: { readonly takeOver: boolean; readonly seconds: number },
): string {
  const who = `the sweep in ${dir} is run by process ${owner.pid} on ${owner.host}`;
  if (ownerAlive(owner) !== undefined) return `${who}: only one may`;
  const seen = `${who}, which gave its last sign of life ${Math.max(0, Math.round(seconds))} s ago: only one may`;
  if (takeOver) return `${seen}, and it can be taken over once there was none for ${staleAfter} s`;
  return `${seen}; if that process is gone, --take-over (takeOver: true in code) takes it once there was none for ${staleAfter} s`;
}

/** Whether this machine knows that its process is gone, or counts it as gone. */
function isGone(owner: Owner, isSilent: () => boolean): boolean {
  const alive = ownerAlive(owner);
  return alive === undefined ? isSilent() : !alive;
}

/**
 * Since one of the files was written, by the clock that gives files their times: that of this or another machine may be
 * wrong. A time that is ahead says nothing.
 */
function secondsSince(...files: readonly [string, ...string[]]): number {
  const now = written(files[0], "", changedAt);
  const times = files.map(changedAt).filter((time) => time <= now + staleAfter);
  return now - Math.max(0, ...times);
}

/**
 * False when no process goes on with the sweep: it ended, or was killed. Of one on another machine only the times of its
 * files tell: without a sign of life for a minute it counts as gone. By this machine's clock, since whoever reads writes nothing.
 */
export function isCoordinated(dir: string, now = Date.now() / 1000): boolean {
  const file = lockFile(dir);
  const owner = parsed(textOf(file) ?? "");
  if (!owner) return false;
  return ownerAlive(owner) ?? now - Math.max(changedAt(file), changedAt(journalFile(dir))) <= staleAfter;
}

/**
 * A lock's time tells other machines that its process lives: it is written again, so that the file system's clock counts.
 * Gives the other process that has it now. What fails here is told by whoever writes the journal.
 */
function showLife(file: string, mine: string): Owner | undefined {
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

/** In seconds since 1970; 0 for a file that is not there. */
function changedAt(file: string): number {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000;
}

const lockFile = (dir: string): string => join(dir, "coordinator.json");

/**
 * Undefined when `file` is now this process's lock; else the living process that has it.
 *
 * Invariant: a lock that stands is changed only by its own process or, once `isGone` says so, by the one that has the lock
 * on taking it over. Whoever has that one and sees a dead owner in `file` therefore replaces just what it saw. That
 * lock is taken in the same way, so a process that dies while it has it blocks nobody.
 */
function take(file: string, mine: string, isDead: (owner: Owner) => boolean): Owner | undefined {
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
function ownerOf(file: string, isDead: (owner: Owner) => boolean): Owner | "free" | "dead" {
  for (let i = 0; i < 50; i++) {
    const text = textOf(file);
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
