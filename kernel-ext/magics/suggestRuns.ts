import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Suggest } from "./schema.js";

/**
 * Names of the runs on disk, from the names of their folders (`<name>-<id>`). Their ids, and names of the notebook's own,
 * only once a letter of them was typed: nearly all of the notebook's names are no runs.
 */
export const suggestRuns: Suggest = (typed, { folder, names }) => {
  const runs = named(resolve(folder, process.env.TUNELAB_RUNS || "runs"), "run.json");
  const others = typed === "" ? [] : [...runs.map(({ id }) => id), ...names];
  return offered([...runs.map(({ name }) => name), ...others], typed);
};

/** As `suggestRuns`, with sweeps beside the runs. */
export const suggestRunsAndSweeps: Suggest = async (typed, context) => {
  const sweeps = named(resolve(context.folder, process.env.TUNELAB_SWEEPS || "sweeps"), "sweep.json");
  const ids = typed === "" ? [] : sweeps.map(({ id }) => id);
  return offered([...sweeps.map(({ name }) => name), ...ids, ...(await suggestRuns(typed, context))], typed);
};

function named(root: string, record: string): { readonly name: string; readonly id: string }[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((entry) => existsSync(join(root, entry, record)))
    .map((entry) => ({ name: entry.replace(/-[0-9a-z]{8}$/, ""), id: entry.slice(-8) }));
}

function offered(words: readonly string[], typed: string): string[] {
  return [...new Set(words)].filter((word) => word.startsWith(typed)).sort();
}
