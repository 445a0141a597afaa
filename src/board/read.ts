/** Reads what a board shows, and again only what was added since. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { readSweep, type SweepSummary } from "../sweep/readSweep.js";
import { recordFile } from "../sweep/sweepRecord.js";
import { isRunFolder } from "../track/findRuns.js";
import { rememberLogRoot } from "../track/foreign/logRoots.js";
import type { RunData } from "../track/runData.js";
import { RunReader, readRunRecord } from "../track/runReader.js";
import type { BoardData } from "./content.js";
import { asksForRuns, type BoardSettings } from "./options.js";
import { readMedia } from "./readMedia.js";
import { type BoardRun, labelled } from "./series.js";
import type { BoardSources } from "./sources.js";
import { sweepData } from "./sweepFromRecord.js";
import { withKnownVerdicts, withVerdicts } from "./withVerdicts.js";

/** Runs kept in memory between readings, the latest used last. */
const kept = new Map<string, RunReader>();
const mostKept = 64;

export interface ReadOptions {
  /** For the doctor; else what it said before is taken. Default true. */
  readonly waits?: boolean;
}

/**
 * The runs of a sweep's trials are read when they are asked for, else counted. What vanished since it was found, or
 * cannot be read, is left out, and told: the others are shown.
 */
export function readBoard(
  sources: BoardSources,
  settings: BoardSettings,
  { waits = true }: ReadOptions = {},
): BoardData {
  for (const root of sources.logRoots ?? []) rememberLogRoot(root);
  const missing = missingOf(sources);
  const tell = (sentence: string) => missing.push(sentence);
  const sweeps = sources.sweeps.filter(isSweep).flatMap((dir) => readSweepOrTell(dir, tell));
  const trials = sweeps.flatMap(trialRuns).filter((dir) => !sources.runs.includes(dir));
  const asked = asksForRuns(settings);
  const [example] = trials;
  const dirs = [...sources.runs.filter(isRunFolder), ...(asked ? trials : [])];
  const runs = labelled(dirs.flatMap((dir) => readRunAgain(dir, tell)));
  const diagnosed = waits ? withVerdicts(runs, tell) : withKnownVerdicts(runs);
  const shown = diagnosed.map((run) => withMedia(run, settings, tell));
  return {
    runs: shown,
    sweeps: sweeps.map((sweep) => sweepData(sweep, settings.pareto, tell)),
    ...(missing.length > 0 ? { missing } : {}),
    ...(asked || example === undefined
      ? {}
      : { notDrawn: { runs: trials.length, example: nameOf(example) } }),
  };
}

type Tell = (sentence: string) => void;

/** The run alone, and a sentence, where a file is gone or was cut since the run was read. */
export function withMedia(run: BoardRun, { kinds }: Pick<BoardSettings, "kinds">, tell: Tell): BoardRun {
  try {
    const media = readMedia(run.data, kinds);
    return media ? { ...run, media } : run;
  } catch (error) {
    tell(`${run.label} is shown without its pictures, texts and the like: ${(error as Error).message}`);
    return run;
  }
}

/** None, and a sentence, where its files cannot be read. */
export function readSweepOrTell(dir: string, tell: Tell): SweepSummary[] {
  try {
    return [readSweep(dir)];
  } catch (error) {
    tell(`${dir} is left out: ${(error as Error).message}`);
    return [];
  }
}

/** A run answers to its folder's name too, which is there where its record cannot be read. */
function nameOf(dir: string): string {
  try {
    return readRunRecord(dir).name;
  } catch {
    return basename(dir);
  }
}

function isSweep(dir: string): boolean {
  return existsSync(recordFile(dir));
}

/** A sentence for each folder that vanished, or for where nothing was found. */
function missingOf({ runs, sweeps, searched }: BoardSources): string[] {
  const gone = [...runs.filter((dir) => !isRunFolder(dir)), ...sweeps.filter((dir) => !isSweep(dir))];
  return [
    ...(searched ? [`No run was found in ${searched.runsDir}, and no sweep in ${searched.sweepsDir}.`] : []),
    ...gone.map((dir) => `${dir} is gone, removed or renamed since it was found.`),
  ];
}

/** The best trial's first. */
function trialRuns({ trials, best }: SweepSummary): string[] {
  const dirs = trials.flatMap(({ runDir }) => (runDir === undefined ? [] : [runDir])).filter(isRunFolder);
  const first = best?.runDir;
  return first !== undefined && dirs.includes(first) ? [first, ...dirs.filter((dir) => dir !== first)] : dirs;
}

/** None, and a sentence, where a run cannot be read, such as one that is being copied or deleted just now. */
function readRunAgain(dir: string, tell: Tell): RunData[] {
  const reader = kept.get(dir) ?? new RunReader(dir);
  kept.delete(dir);
  kept.set(dir, reader);
  const oldest = kept.keys().next().value;
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  try {
    return [reader.refresh()];
  } catch (error) {
    tell(`${dir} is left out: ${(error as Error).message}`);
    return [];
  }
}
