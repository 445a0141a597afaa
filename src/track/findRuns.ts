/** Finds run folders by what people call them. */
import { existsSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { type Called, fittingGlob, isGlob } from "../base/fittingGlob.js";
import { isFolder } from "../base/isFolder.js";
import { nearestNames } from "../base/nearestName.js";
import { visibleControls } from "../base/visibleControls.js";
import { warnOnce } from "../base/warnOnce.js";
import { refuseIfGone, resolveHere } from "../base/workingFolder.js";
import { isLogFolder, runFoldersIn } from "./foreign/logFolders.js";
import { rememberLogRoot } from "./foreign/logRoots.js";
import { runsFolder } from "./runFolder.js";
import { readRunRecord } from "./runReader.js";
import type { RunRecord } from "./runRecord.js";
import { warnOnStandardError } from "./warnOnStandardError.js";

export interface FindRunsOptions {
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
}

/**
 * Folders of the runs that fit any of the patterns, oldest first, newest last; of all runs without a pattern.
 *
 * A pattern is a run's folder, its id, its name, its group or its folder's name; or a name or group with `*` and `?`, for
 * which ids and folders' names are looked at only where no name and no group fits; or a folder of logs that other programs
 * wrote for TensorBoard, each folder of event files in which is a run. Such runs are found in the folder of runs too, and
 * are called by their path from there. A folder goes before runs that are called as it is, which is said.
 *
 * Throws a `RangeError` with the nearest names when a pattern without wildcard fits nothing, and if the working directory
 * is gone with the folder of runs, or that is a file; what `readRun` throws
 * for a folder whose run.json cannot be read. Among many runs, or several patterns, an unreadable one is told and left out.
 *
 * @example findRuns(["baseline", "deep-*", "runs/mlp-3k9q2m7x"]).map(readRun)
 */
export function findRuns(patterns: string | readonly string[] = [], options: FindRunsOptions = {}): string[] {
  const asked = typeof patterns === "string" ? [patterns] : patterns;
  const told = new Set<string>();
  const known = knownRuns(resolveHere(options.dir ?? runsFolder()), told);
  const found = new Map<string, KnownRun>();
  for (const pattern of asked) {
    const isOneOfMany = asked.length > 1 && isRunFolder(pattern);
    const runs = isOneOfMany ? runIn(resolve(pattern), told) : fitting(pattern, known);
    for (const run of runs) found.set(run.dir, run);
  }
  if (asked.length === 0) return known.map(({ dir }) => dir);
  return [...found.values()].sort(byAge).map(({ dir }) => dir);
}

interface KnownRun {
  readonly dir: string;
  readonly record: RunRecord;
}

/**
 * Runs directly under `root`, and folders with other programs' event files anywhere below it; oldest first. A folder whose
 * run.json cannot be read is no run here.
 */
function knownRuns(root: string, told: Set<string>): KnownRun[] {
  if (!existsSync(root)) {
    refuseIfGone(root);
    return [];
  }
  if (!isFolder(root))
    throw new RangeError(`find runs: they must lie in a folder; ${visibleControls(root)} is a file`);
  const { ours, foreign } = runFoldersIn(root);
  if (foreign.length > 0) rememberLogRoot(root);
  return [...ours, ...foreign].flatMap((dir) => runIn(dir, told)).sort(byAge);
}

/** Oldest first. */
function byAge(a: KnownRun, b: KnownRun): number {
  return Date.parse(a.record.createdAt) - Date.parse(b.record.createdAt) || (a.dir < b.dir ? -1 : 1);
}

function fitting(pattern: string, known: readonly KnownRun[]): KnownRun[] {
  const own = isRunFolder(pattern) ? [{ dir: resolve(pattern), record: readRunRecord(pattern) }] : [];
  const folder = own.length > 0 ? own : logsBelow(pattern);
  const found = fittingGlob(pattern, known, called);
  if (folder.length > 0) sayIfOthers(pattern, { folder, found });
  if (folder.length + found.length === 0 && !isGlob(pattern)) throw unknownRun(pattern, known);
  return folder.length > 0 ? folder : found;
}

/** A folder is looked at anew each time, so it goes before runs that are called as it is. */
function sayIfOthers(
  pattern: string,
  { folder, found }: { readonly folder: readonly KnownRun[]; readonly found: readonly KnownRun[] },
): void {
  const others = found.filter(({ dir }) => folder.every((run) => run.dir !== dir));
  if (others.length === 0) return;
  const ids = others.slice(-3).map(({ record }) => record.id);
  const [word, path] = [JSON.stringify(pattern), resolve(pattern)].map(visibleControls);
  const meant = others.length === 1 ? "a run is" : `${others.length} runs are`;
  const byId = others.length > 3 ? `ids, such as ${ids.join(", ")}` : `id: ${ids.join(", ")}`;
  warnOnce(`${word} means the folder ${path}; ${meant} called so too, and asked for by ${byId}`);
}

/** The folder of another program's run is what that program calls it. */
function called({ dir, record: { id, name, group, foreign } }: KnownRun): Called {
  const names = [name, ...(group === undefined ? [] : [group])];
  return foreign ? { names: [...names, basename(dir)], ids: [id] } : { names, ids: [id, basename(dir)] };
}

/** A folder with a run.json, or with event files of another program. */
export function isRunFolder(path: string): boolean {
  return existsSync(join(path, "run.json")) || isLogFolder(path);
}

/** Of a folder below which other programs logged their runs: those. */
function logsBelow(path: string): KnownRun[] {
  if (!isFolder(path)) return [];
  const root = resolve(path);
  const { foreign } = runFoldersIn(root);
  if (foreign.length > 0) rememberLogRoot(root);
  return foreign.map((dir) => ({ dir, record: readRunRecord(dir) }));
}

/** None where its record cannot be read, which is told once for a folder. */
function runIn(dir: string, told: Set<string>): KnownRun[] {
  try {
    return [{ dir, record: readRunRecord(dir) }];
  } catch (error) {
    if (!told.has(dir)) warnOnStandardError((error as Error).message);
    told.add(dir);
    return [];
  }
}

function unknownRun(pattern: string, known: readonly KnownRun[]): RangeError {
  const isPath = isAbsolute(pattern);
  const near = nearestNames(
    isPath ? basename(pattern) : pattern,
    known.map(({ dir, record }) => (isPath ? basename(dir) : record.name)),
  );
  const newest = known.at(-1)?.record.name;
  const others =
    newest === undefined ? "there is no run yet" : `none is near; the newest is ${JSON.stringify(newest)}`;
  const hint =
    near.length > 0 ? `the nearest are ${near.map((name) => JSON.stringify(name)).join(", ")}` : others;
  if (isPath)
    return new RangeError(
      `find run ${pattern}: a run's folder must hold its run.json; that one ${existsSync(pattern) ? "holds none" : "is not there"}; ${hint}`,
    );
  return new RangeError(
    `find run ${JSON.stringify(pattern)}: it must be a run's name, id or folder; ${hint}`,
  );
}
