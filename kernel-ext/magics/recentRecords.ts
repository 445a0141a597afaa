/** Records of runs on disk, for suggestions. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface RecentRecord {
  /** By tag. */
  readonly summary?: object;
  readonly config?: object;
}

/** Looked at: the metrics and settings of runs are much alike. */
const most = 50;

/** Those under a notebook's folder, or TUNELAB_RUNS. One that is being written, or is broken, has nothing to offer. */
export function recentRecords(folder: string): RecentRecord[] {
  const root = resolve(folder, process.env.TUNELAB_RUNS || "runs");
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join(root, name, "run.json"))
    .filter((file) => existsSync(file))
    .slice(-most)
    .flatMap(readIfWhole);
}

function readIfWhole(file: string): RecentRecord[] {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as unknown;
    return record !== null && typeof record === "object" ? [record] : [];
  } catch {
    return [];
  }
}

/** Metrics as tables call them: series by epoch and those without a group. */
export function metricsIn({ summary = {} }: RecentRecord): string[] {
  return Object.keys(summary).flatMap((tag) => /^(?:epoch\/)?([^/]+)$/.exec(tag)?.[1] ?? []);
}
