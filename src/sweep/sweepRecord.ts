/** What `sweep.json` holds: written once, when the sweep is made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Owner } from "../track/runRecord.js";
import type { Space } from "./space.js";
import type { Direction } from "./trialRecord.js";

export const schemaVersion = 1;

export interface SweepRecord {
  readonly schemaVersion: number;
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Who made it; absent in older records. */
  readonly owner?: Owner;
  readonly direction: Direction;
  /** Absent when the returned value counts. */
  readonly metric?: string;
  readonly seed: number;
  readonly sampler: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  readonly pruner: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  /** Absent when there is no limit. */
  readonly trials?: number;
  /** Seconds. */
  readonly timeout?: number;
  /** P of the repeatable rule. */
  readonly window: number;
  readonly repeatable: boolean;
  readonly retries: number;
  /** Absent when trials say by themselves what they ask for. */
  readonly space?: Space;
  readonly engine: string;
  /** Files under `code/`, in the order they ran. */
  readonly code: readonly string[];
}

export const recordFile = (dir: string): string => join(dir, "sweep.json");
export const journalFile = (dir: string): string => join(dir, "journal.log");

/** @throws RangeError when a newer version of the format is found, SyntaxError for what is no JSON, what the file system says when there is none. */
export function readSweepRecord(dir: string): SweepRecord {
  const record = parsed(readFileSync(recordFile(dir), "utf8"), recordFile(dir));
  if (record.schemaVersion > schemaVersion)
    throw new RangeError(
      `${recordFile(dir)} needs a newer tunelab: it has format ${record.schemaVersion}, this one reads up to ${schemaVersion}`,
    );
  return record;
}

function parsed(text: string, file: string): SweepRecord {
  try {
    return JSON.parse(text) as SweepRecord;
  } catch (error) {
    throw new SyntaxError(`read ${file}: it must hold JSON, but ${(error as Error).message}`);
  }
}
