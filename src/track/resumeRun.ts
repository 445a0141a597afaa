/** Goes on with a run whose process has ended: same folder, same series, a new event file. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, isoTime, systemClock } from "../base/clock.js";
import { lastWrite } from "./eventFiles.js";
import { toJsonObject } from "./jsonValue.js";
import { maskedConfig } from "./maskedConfig.js";
import { newestRun } from "./newestRun.js";
import { mainWriter, openRun } from "./openRun.js";
import { ownerAlive, secondsSilent, statusOf, thisOwner } from "./owner.js";
import type { Run } from "./run.js";
import { folderToGoOn } from "./runFolder.js";
import { historyOf } from "./runHistory.js";
import { lastPoint, readRun, readRunRecord } from "./runReader.js";
import type { Owner, RunRecord } from "./runRecord.js";
import { type BesideOptions, besideOf, startRun } from "./startRun.js";
import { claimFile } from "./successor.js";
import { trainedSeconds } from "./trainedSeconds.js";
import { warnOnStandardError } from "./warnOnStandardError.js";

export interface ResumeRunOptions extends BesideOptions {
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  readonly clock?: Clock;
  readonly warn?: (sentence: string) => void;
  /** Over what the record had; an entry that is undefined is taken out. */
  readonly config?: object;
}

/**
 * Makes this process the owner of a run again; its steps go on after the highest one logged.
 *
 * A run of another machine counts as ended once it gave no sign of life for a minute, which is said with its host.
 *
 * Throws a `RangeError` if there is no such run, an `Error` if a living process owns it.
 *
 * @param which Folder, id or name (the newest of that name).
 */
export function resumeRun(which: string, options: ResumeRunOptions = {}): Run {
  const { clock = systemClock, warn = warnOnStandardError } = options;
  const beside = besideOf(options);
  const found = newestRun(which, { ...options, say: options.warn });
  if (found === undefined) throw new RangeError(`resume run ${JSON.stringify(which)}: no run is called so`);
  const dir = folderToGoOn(found);
  const ended = endedRun(dir);
  const resumed = claim(dir, ended.record.resumed + 1);
  try {
    endedRun(dir); // another process may have resumed it while this one was claiming
  } catch (error) {
    rmSync(claimFile(dir, resumed), { force: true });
    throw error;
  }
  if (ended.takenForDead !== undefined) warn(ended.takenForDead);
  const before = readRun(dir);
  const writerFolder = join(dir, mainWriter);
  mkdirSync(writerFolder, { recursive: true });
  const { error: _, finishedAt: __, recordedAt: ___, interruptedAt: ____, ...kept } = before.record;
  const record = {
    ...kept,
    config: maskedConfig(toJsonObject({ ...kept.config, ...options.config })),
    // Made anew of the history.
    summary: {},
    status: "running",
    owner: thisOwner(),
    resumed,
    resumedAt: isoTime(clock),
    secondsBefore: trainedSeconds(before.record, lastPoint(before)),
    heartbeat: isoTime(clock),
  } as const;
  const history = historyOf(before);
  return startRun({ dir, record, writerFolder, clock, warn, openRun, history }, beside);
}

interface EndedRun {
  readonly record: RunRecord;
  /** That its process is gone only its silence tells: in a sentence. */
  readonly takenForDead?: string;
}

function endedRun(dir: string): EndedRun {
  const record = readRunRecord(dir);
  if (record.foreign)
    throw new RangeError(
      `resume run ${dir}: it must be one that this library wrote; another program did (tunelab import makes one of it)`,
    );
  const signs = { now: Date.now() / 1000, lastWrite: lastWrite(dir) };
  const status = statusOf(record, signs);
  if (status === "running") throw owned(dir, record.owner);
  if (status !== "stale") return { record };
  const { pid, host } = record.owner;
  const seconds = Math.round(secondsSilent(record, signs));
  return {
    record,
    takenForDead: `run ${JSON.stringify(record.name)} is taken from process ${pid} on ${host}, which gave its last sign of life ${seconds} s ago: should that process live, it leaves the run to this one`,
  };
}

/**
 * Of several processes that resume at the same time one gets the run: the one that makes the file of the
 * next number. A number whose claimer died before it wrote run.json is passed over.
 */
function claim(dir: string, first: number): number {
  for (let n = first; ; n++) {
    const file = claimFile(dir, n);
    try {
      writeFileSync(file, JSON.stringify(thisOwner()), { flag: "wx" });
      return n;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = readClaim(file);
      if (owner === "dead") continue;
      if (owner === "new" || ownerAlive(owner) !== false)
        throw owned(dir, owner === "new" ? undefined : owner);
    }
  }
}

/** Seconds in which whoever made a claim has filled it. */
const fillWithin = 10;

/** `new`: made a moment ago and about to be filled; `dead`: its claimer was killed before that. */
function readClaim(file: string): Owner | "new" | "dead" {
  const text = readFileSync(file, "utf8");
  if (text.endsWith("}")) return JSON.parse(text) as Owner;
  return Date.now() - statSync(file).mtimeMs > fillWithin * 1000 ? "dead" : "new";
}

function owned(dir: string, owner: Owner | undefined): Error {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : "another process";
  return new Error(`resume run ${dir}: its owner must have ended, but ${who} still writes it`);
}
