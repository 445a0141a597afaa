/** From what a person names to folders of runs and sweeps. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { fittingGlob, isGlob } from "../base/fittingGlob.js";
import { nearestNames } from "../base/nearestName.js";
import { resolveHere } from "../base/workingFolder.js";
import { findSweeps, sweepsFolder } from "../sweep/findSweeps.js";
import { readSweep } from "../sweep/readSweep.js";
import { readSweepRecord } from "../sweep/sweepRecord.js";
import { findRuns } from "../track/findRuns.js";
import { logRoots } from "../track/foreign/logRoots.js";
import { runsFolder } from "../track/runFolder.js";
import { readRunRecord } from "../track/runReader.js";
import type { Owner } from "../track/runRecord.js";

/** A run or sweep as a person gives it: a name, id, glob or folder, or anything that knows its folder. */
export type BoardInput = string | { readonly dir?: string | undefined };

export interface BoardSources {
  /** Absolute folders. Runs of a sweep's trials are here only if they were named themselves. */
  readonly runs: readonly string[];
  readonly sweeps: readonly string[];
  /** Nobody named these: they are all that is there. One that goes is not missed. */
  readonly all?: true;
  /** Below which folders other programs' runs were looked for: their names begin there. */
  readonly logRoots?: readonly string[];
  /** Where nothing was found, if nothing was. */
  readonly searched?: Required<Folders>;
}

export interface Folders {
  readonly runsDir?: string;
  readonly sweepsDir?: string;
}

/**
 * Without inputs: the runs and sweeps this process made, else the newest run or sweep.
 * @throws RangeError with the nearest names when an input is no run and no sweep.
 */
export function boardSources(inputs: readonly BoardInput[], folders: Folders = {}): BoardSources {
  const sources = inputs.length === 0 ? ownSources(folders) : namedSources(inputs, folders);
  return { ...sources, ...(logRoots().length > 0 && { logRoots: logRoots() }) };
}

function namedSources(inputs: readonly BoardInput[], folders: Folders): BoardSources {
  const found = inputs.map((input) => sourceOf(input, folders));
  return {
    runs: [...new Set(found.flatMap(({ runs }) => runs))],
    sweeps: [...new Set(found.flatMap(({ sweeps }) => sweeps))],
  };
}

function ownSources({ runsDir = runsFolder(), sweepsDir = sweepsFolder() }: Folders): BoardSources {
  const sweeps = findSweeps(undefined, sweepsDir);
  const trials = new Set(sweeps.flatMap(trialFolders));
  const runs = findRuns([], { dir: runsDir }).filter((dir) => !trials.has(basename(dir)));
  const own = {
    runs: runs.filter((dir) => isOwn(readRunRecord(dir).owner)),
    sweeps: sweeps.filter((dir) => isOwn(readSweepRecord(dir).owner)),
  };
  if (own.runs.length + own.sweeps.length > 0) return own;
  if (runs.length + sweeps.length === 0) return { ...own, searched: { runsDir, sweepsDir } };
  return newest(runs.at(-1), sweeps.at(-1));
}

function isOwn(owner: Owner | undefined): boolean {
  return owner?.pid === process.pid && owner.host === hostname();
}

/** The later of a run and a sweep. */
function newest(run: string | undefined, sweep: string | undefined): BoardSources {
  const ofRun = run === undefined ? "" : readRunRecord(run).createdAt;
  const ofSweep = sweep === undefined ? "" : readSweepRecord(sweep).createdAt;
  const isSweep = sweep !== undefined && ofSweep > ofRun;
  return isSweep ? { runs: [], sweeps: [sweep] } : { runs: run === undefined ? [] : [run], sweeps: [] };
}

function sourceOf(input: BoardInput, folders: Folders): BoardSources {
  const { runsDir = runsFolder(), sweepsDir = sweepsFolder() } = folders;
  const name = typeof input === "string" ? input : input?.dir;
  if (typeof input === "object" && input !== null && "dir" in input && name === undefined)
    throw new TypeError(
      "board needs runs that were recorded; it was given one without a folder (fit's option track)",
    );
  if (typeof name !== "string")
    throw new TypeError(`board needs names, folders or objects with a dir; it was given ${typeof input}`);
  const folder = resolveHere(name);
  if (existsSync(join(folder, "sweep.json"))) return { runs: [], sweeps: [folder] };
  if (existsSync(join(folder, "run.json"))) return { runs: [folder], sweeps: [] };
  const sweeps = fittingGlob(name, findSweeps(undefined, sweepsDir), (dir) => ({
    names: [readSweepRecord(dir).name],
    ids: [readSweepRecord(dir).id, basename(dir)],
  }));
  const trials = new Set(sweeps.flatMap(trialFolders));
  const runs = runsCalled(name, runsDir).filter((dir) => !trials.has(basename(dir)));
  if (runs.length === 0 && sweeps.length === 0) throw unknown(name, { runsDir, sweepsDir });
  // A sweep's name means its latest making; a glob means all that fit.
  return { runs, sweeps: isGlob(name) ? sweeps : sweeps.slice(-1) };
}

/** A sweep's runs have its name as their group, so they answer to it too. */
function trialFolders(sweep: string): string[] {
  return readSweep(sweep).trials.flatMap(({ runDir }) => (runDir === undefined ? [] : [basename(runDir)]));
}

function runsCalled(name: string, runsDir: string): string[] {
  try {
    return findRuns(name, { dir: runsDir });
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function unknown(name: string, { runsDir, sweepsDir }: Required<Folders>): RangeError {
  const isPath = isAbsolute(name) && !isGlob(name);
  const runs = findRuns([], { dir: runsDir });
  const sweeps = findSweeps(undefined, sweepsDir);
  const known = isPath
    ? [...runs, ...sweeps].map((dir) => basename(dir))
    : [...runs.map((dir) => readRunRecord(dir).name), ...sweeps.map((dir) => readSweepRecord(dir).name)];
  const near = nearestNames(isPath ? basename(name) : name, known);
  const hint =
    near.length > 0
      ? `the nearest are ${near.map((text) => JSON.stringify(text)).join(", ")}`
      : `${known.length > 0 ? "none is near" : "there are none"} in ${runsDir} and ${sweepsDir}`;
  if (isPath)
    return new RangeError(
      `board needs a run's or sweep's folder, with its run.json or sweep.json; ${name} ${existsSync(name) ? "holds neither" : "is not there"}: ${hint}`,
    );
  return new RangeError(
    `board needs a run or sweep, by name, id, glob or folder; ${JSON.stringify(name)} is none: ${hint}`,
  );
}
