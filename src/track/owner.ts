/** Who writes a run, and whether that process still lives. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { parseProcessStat } from "../base/processStat.js";
import type { Owner, RunRecord, RunStatus } from "./runRecord.js";

/** Seconds between two signs of life in run.json. */
export const heartbeatEvery = 15;

/** Seconds without a sign of life after which a run of another machine counts as stale. */
export const staleAfter = 60;

export function thisOwner(): Owner {
  const start = processStart(process.pid);
  const namespace = pidNamespace();
  return {
    pid: process.pid,
    host: hostname(),
    ...(start !== undefined && { processStart: start }),
    ...(namespace !== undefined && { namespace }),
  };
}

/** False only when it is certain that the owner is gone; undefined when this machine cannot know. */
export function ownerAlive(owner: Owner): boolean | undefined {
  if (owner.host !== hostname()) return undefined;
  // In another container of this machine the number is another process's.
  if (owner.namespace !== undefined && owner.namespace !== pidNamespace()) return undefined;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const start = processStart(owner.pid);
  if (start === "gone") return false;
  return owner.processStart === undefined || start === undefined || start === owner.processStart;
}

/** In seconds since 1970. */
export interface SignsOfLife {
  readonly now: number;
  /** Of the run's events. */
  readonly lastWrite: number;
}

/**
 * The status a reader should believe: a run that says "running" whose process is gone was killed, or interrupted where it
 * knew of an interrupt; one of another machine without a sign of life (heartbeat, or last write of its events) is stale.
 */
export function statusOf(record: RunRecord, signs: SignsOfLife): RunStatus {
  if (record.status !== "running") return record.status;
  if (record.foreign) return signs.now - signs.lastWrite > staleAfter ? "unknown" : "running";
  const alive = ownerAlive(record.owner);
  if (alive) return "running";
  if (alive === false) return record.interruptedAt === undefined ? "killed" : "interrupted";
  return secondsSilent(record, signs) > staleAfter ? "stale" : "running";
}

/** Seconds since the last sign of life of who writes the run. */
export function secondsSilent(record: RunRecord, { now, lastWrite }: SignsOfLife): number {
  const heartbeat = Date.parse(record.heartbeat) / 1000;
  // A clock that is ahead would keep a dead run alive: then only the files' times count, which are the disk's.
  return now - (heartbeat > now + staleAfter ? lastWrite : Math.max(heartbeat, lastWrite));
}

/** pid_namespaces(7), such as `pid:[4026531836]`; undefined where there is no /proc. */
function pidNamespace(): string | undefined {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return undefined; // another system, or one that hides it
  }
}

/**
 * Start time of a process in clock ticks since boot (proc(5), field 22 of stat), which a later process with
 * the same number does not share. "gone" for a zombie: it runs no more. Undefined where there is no /proc.
 */
function processStart(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined; // no /proc here, or the process ended just now
  }
  const { state, began } = parseProcessStat(stat);
  return state === "Z" ? "gone" : String(began);
}
