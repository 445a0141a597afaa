/** Reads what a board shows, and again only what was added since. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSweep } from "../sweep/readSweep.js";
import type { RunData } from "../track/runData.js";
import { RunReader } from "../track/runReader.js";
import type { BoardData } from "./content.js";
import { labelled } from "./series.js";
import type { BoardSources } from "./sources.js";
import type { SweepData } from "./sweepData.js";

/** Runs kept in memory between readings, the latest used last. */
const kept = new Map<string, RunReader>();
const mostKept = 64;

/** A folder that vanished since it was found is left out. */
export function readBoard(sources: BoardSources): BoardData {
  return {
    runs: labelled(sources.runs.flatMap(readRunAgain)),
    sweeps: sources.sweeps.map(readSweepData),
  };
}

function readRunAgain(dir: string): RunData[] {
  if (!existsSync(join(dir, "run.json"))) return [];
  const reader = kept.get(dir) ?? new RunReader(dir);
  kept.delete(dir);
  kept.set(dir, reader);
  const oldest = kept.keys().next().value;
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return [reader.refresh()];
}

function readSweepData(dir: string): SweepData {
  const { name, direction, metric = "value", trials, space = {} } = readSweep(dir);
  const distributions = Object.assign({}, space, ...trials.map((trial) => trial.distributions));
  return { name, direction, metric, trials, distributions };
}
