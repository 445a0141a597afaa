/** What a run's record says of a metric: a board that is renewed asks for each trial's every time. */
import { join } from "node:path";
import { fileVersion } from "../base/fileVersion.js";
import type { Direction } from "../sweep/trialRecord.js";
import { withOwnNumbers } from "../track/ownSummary.js";
import { readRunRecord } from "../track/runReader.js";
import type { RunRecord } from "../track/runRecord.js";
import { parameterCount } from "./secondMetric.js";

interface Known {
  /** Of run.json, which is replaced whole. */
  readonly version: string;
  readonly value: number | undefined;
}

/** By folder, metric and direction: a value, since a thousand records would take much memory. */
const known = new Map<string, Known>();
const mostKnown = 20_000;

/**
 * The best value of a metric, or how many parameters the model has. The record is read again only when its file changed.
 *
 * Throws as `readRunRecord` does.
 */
export function recordedValue(
  dir: string,
  { name, better }: { readonly name: string; readonly better: Direction },
): number | undefined {
  const key = JSON.stringify([dir, name, better]);
  const version = fileVersion(join(dir, "run.json"));
  const before = known.get(key);
  if (before && before.version === version) return before.value;
  const value = valueIn(readRunRecord(dir), name, better);
  if (known.size >= mostKnown) known.clear();
  // Of a run that another program wrote there is none.
  if (version !== undefined) known.set(key, { version, value });
  return value;
}

function valueIn(record: RunRecord, name: string, better: Direction): number | undefined {
  if (name === parameterCount) return record.model?.parameters;
  const summary = withOwnNumbers(record);
  const found = summary[name] ?? summary[`epoch/${name}`];
  return found && (better === "minimize" ? found.min : found.max);
}
