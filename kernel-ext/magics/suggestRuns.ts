import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Suggest } from "./schema.js";

/** Names of the runs on disk, from the names of their folders (`<name>-<id>`), and of the notebook's own names. */
export const suggestRuns: Suggest = (typed, { folder, names }) => {
  const root = resolve(folder, process.env.TUNELAB_RUNS || "runs");
  const folders = existsSync(root)
    ? readdirSync(root).filter((name) => existsSync(join(root, name, "run.json")))
    : [];
  const runs = folders.map((name) => name.replace(/-[0-9a-z]{8}$/, ""));
  return [...new Set([...runs, ...names])].filter((name) => name.startsWith(typed)).sort();
};
