/** Records of runs on disk, for suggestions. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export interface RecentRecord {
  /** By tag. */
  readonly summary: object;
  readonly config: object;
}

/** Looked at: the metrics and settings of runs are much alike. */
const most = 50;

/**
 * Those under a notebook's folder, or TUNELAB_RUNS, that were written last. One that is being written, or is broken, has
 * nothing to offer.
 */
export function recentRecords(folder: string): RecentRecord[] {
  const root = resolve(folder, process.env.TUNELAB_RUNS || "runs");
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join(root, name, "run.json"))
    .filter((file) => existsSync(file))
    .map((file) => ({ file, writtenAt: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.writtenAt - b.writtenAt)
    .slice(-most)
    .flatMap(({ file }) => readIfWhole(file));
}

function readIfWhole(file: string): RecentRecord[] {
  try {
    const { summary, config } = partsOf(JSON.parse(readFileSync(file, "utf8")));
    return [{ summary: partsOf(summary), config: partsOf(config) }];
  } catch {
    return [];
  }
}

/** What is no object has no parts. */
function partsOf(value: unknown): { readonly [name: string]: unknown } {
  return value !== null && typeof value === "object" ? { ...value } : {};
}

/** Metrics as tables call them: series by epoch and those without a group. */
export function metricsIn({ summary }: RecentRecord): string[] {
  return Object.keys(summary).flatMap((tag) => /^(?:epoch\/)?([^/]+)$/.exec(tag)?.[1] ?? []);
}
