import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Suggest } from "./schema.js";

/** Records looked at: the metrics of runs are much alike. */
const most = 50;

/** Metrics that runs on disk have in their summaries. */
export const suggestMetrics: Suggest = (typed, { folder }) => {
  const root = resolve(folder, process.env.TUNELAB_RUNS || "runs");
  if (!existsSync(root)) return [];
  const files = readdirSync(root)
    .map((name) => join(root, name, "run.json"))
    .filter((file) => existsSync(file))
    .slice(-most);
  const names = files.flatMap(metricsIn).filter((name) => name.startsWith(typed));
  return [...new Set(names)].sort();
};

function metricsIn(file: string): string[] {
  try {
    const { summary = {} } = JSON.parse(readFileSync(file, "utf8")) as { summary?: object };
    return Object.keys(summary).flatMap((tag) => /^(?:epoch\/)?([^/]+)$/.exec(tag)?.[1] ?? []);
  } catch {
    // A record that is being written, or is broken, has nothing to offer.
    return [];
  }
}
