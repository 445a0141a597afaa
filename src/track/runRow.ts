/** A run as one line of a table: what was tried, how it ended, what came out. */
import { tags } from "../base/tags.js";
import { fromJsonNumber } from "./jsonValue.js";
import type { RunReader } from "./runReader.js";
import type { JsonValue, RunRecord, RunStatus } from "./runRecord.js";
import { summarisedRun } from "./summarisedRun.js";

export interface RunRow {
  readonly dir: string;
  readonly id: string;
  readonly name: string;
  readonly group: string | undefined;
  readonly tags: readonly string[];
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Seconds in which it was trained, to its end or its last sign of life; pauses before it was resumed count for nothing. */
  readonly duration: number;
  readonly seed?: number;
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Last value of each series; `epoch/valLoss` is called `valLoss`, others by their tag. */
  readonly metrics: Readonly<Record<string, number>>;
  /** How many epochs were finished; undefined if none was. */
  readonly epochs?: number;
}

/** @param reader one that is kept from call to call reads only what was added since */
export function readRow(dir: string, reader?: RunReader): RunRow {
  const { record, status, seconds } = summarisedRun(dir, reader);
  return {
    dir,
    id: record.id,
    name: record.name,
    group: record.group,
    tags: record.tags,
    status,
    createdAt: record.createdAt,
    duration: seconds,
    ...(record.seed !== undefined && { seed: record.seed }),
    config: record.config,
    metrics: metricsOf(record),
    ...epochsOf(record),
  };
}

/** `epoch/valLoss` is called `valLoss`, others by their tag. */
export function metricOf(tag: string): string {
  return tag.startsWith("epoch/") ? tag.slice("epoch/".length) : tag;
}

function epochsOf({ summary }: RunRecord): { readonly epochs?: number } {
  const last = summary[tags.epoch("loss")];
  return last === undefined ? {} : { epochs: last.step };
}

function metricsOf(record: RunRecord): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [tag, { last }] of Object.entries(record.summary)) {
    metrics[metricOf(tag)] = fromJsonNumber(last);
  }
  return metrics;
}
