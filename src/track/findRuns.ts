/** Finds run folders by what people call them. */
import { existsSync, statSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { globExpression } from "../base/globExpression.js";
import { nearestNames } from "../base/nearestName.js";
import { visibleControls } from "../base/visibleControls.js";
import { refuseIfGone, resolveHere } from "../base/workingFolder.js";
import { isLogFolder, runFoldersIn } from "./foreign/logFolders.js";
import { rememberLogRoot } from "./foreign/logRoots.js";
import { runsFolder } from "./runFolder.js";
import { readRunRecord } from "./runReader.js";
import type { RunRecord } from "./runRecord.js";

export interface FindRunsOptions {
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
}

/**
 * Folders of the runs that fit any of the patterns, oldest first, newest last; of all runs without a pattern.
 *
 * A pattern is a run's folder, its id, its name, its group, its folder's name, or one of the last three with `*` and `?`;
 * or a folder of logs that other programs wrote for TensorBoard, each folder of event files in which is a run. Such runs are
 * found in the folder of runs too, and are called by their path from there.
 * Throws a `RangeError` with the nearest names when a pattern without wildcard fits nothing, and if the working directory
 * is gone with the folder of runs; what `readRun` throws
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
  const { ours, foreign } = runFoldersIn(root);
  if (foreign.length > 0) rememberLogRoot(root);
  return [...ours, ...foreign].flatMap((dir) => runIn(dir, told)).sort(byAge);
}

/** Oldest first. */
function byAge(a: KnownRun, b: KnownRun): number {
  return Date.parse(a.record.createdAt) - Date.parse(b.record.createdAt) || (a.dir < b.dir ? -1 : 1);
}

function fitting(pattern: string, known: readonly KnownRun[]): KnownRun[] {
  if (isRunFolder(pattern)) return [{ dir: resolve(pattern), record: readRunRecord(pattern) }];
  const expression = globExpression(pattern);
  const found = known.filter(({ dir, record }) => names(dir, record).some((name) => expression.test(name)));
  if (found.length > 0) return found;
  const logs = logsBelow(pattern);
  if (logs.length === 0 && !/[*?]/.test(pattern)) throw unknownRun(pattern, known);
  return logs;
}

function names(dir: string, record: RunRecord): string[] {
  return [record.id, record.name, basename(dir), ...(record.group === undefined ? [] : [record.group])];
}

/** A folder with a run.json, or with event files of another program. */
export function isRunFolder(path: string): boolean {
  return existsSync(join(path, "run.json")) || isLogFolder(path);
}

/** Of a folder below which other programs logged their runs: those. */
function logsBelow(path: string): KnownRun[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
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
    if (!told.has(dir)) console.warn(`tunelab: ${visibleControls((error as Error).message)}`);
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
