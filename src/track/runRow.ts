/** A run as one line of a table: what was tried, how it ended, what came out. */
import { tags } from "../base/tags.js";
import type { Alert } from "./alerts.js";
import type { ArtifactRecord } from "./artifact.js";
import { fromJsonNumber } from "./jsonValue.js";
import { metricOf } from "./metricOf.js";
import { ownTexts } from "./ownSummary.js";
import type { RunReader } from "./runReader.js";
import type { JsonValue, RunRecord, RunStatus } from "./runRecord.js";
import { summarisedRun } from "./summarisedRun.js";

export interface RunRow {
  readonly dir: string;
  readonly id: string;
  readonly name: string;
  readonly group: string | undefined;
  /** The id of the run that this one is a part of. */
  readonly parent?: string;
  /** How far below the run that stands alone, where parts stand below their whole. */
  readonly depth?: number;
  readonly tags: readonly string[];
  /** Absent where a person wrote none. */
  readonly notes?: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Seconds in which it was trained, to its end or its last sign of life; pauses before it was resumed count for nothing. */
  readonly duration: number;
  readonly seed?: number;
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Last value of each series, or what the person set in the run's summary; `epoch/valLoss` is called `valLoss`, others by their tag. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What a person set in its summary that is no number. */
  readonly texts?: Readonly<Record<string, string>>;
  /** In the order in which they first came. */
  readonly alerts?: readonly Alert[];
  /** Oldest first; `findArtifact(run, "model:best")` reads one. */
  readonly artifacts?: readonly ArtifactRecord[];
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
    ...(record.parent !== undefined && { parent: record.parent }),
    tags: record.tags,
    ...(record.notes && { notes: record.notes }),
    status,
    createdAt: record.createdAt,
    duration: seconds,
    ...(record.seed !== undefined && { seed: record.seed }),
    config: record.config,
    metrics: metricsOf(record),
    ...(Object.keys(ownTexts(record)).length > 0 && { texts: ownTexts(record) }),
    ...(record.alerts && { alerts: record.alerts }),
    ...(record.artifacts && { artifacts: record.artifacts }),
    ...epochsOf(record),
  };
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
