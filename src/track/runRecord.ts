/** What `run.json` holds. */
import type { ModelSummary } from "../base/modelSummary.js";
import type { PreflightRecord } from "../base/preflightRecord.js";
import type { Alert } from "./alerts.js";
import type { ArtifactRecord } from "./artifact.js";
import type { RunPart } from "./runParts.js";

export type { LayerSummary, ModelSummary } from "../base/modelSummary.js";

export const schemaVersion = 1;

/** What JSON can say. NaN and infinities are written as the strings "NaN", "Infinity", "-Infinity". */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * How a run can end. `pruned`: a sweep's pruner stopped its trial early. `killed`: its process was ended from outside
 * while it ran.
 */
export type EndStatus = "finished" | "failed" | "interrupted" | "pruned" | "killed";

/** All that a reader can see. */
export const runStatuses: readonly RunStatus[] = Object.keys({
  running: true,
  finished: true,
  failed: true,
  interrupted: true,
  pruned: true,
  killed: true,
  stale: true,
  unknown: true,
} satisfies Record<RunStatus, true>) as RunStatus[];

/**
 * As seen by a reader; `stale`: said to run on another machine, but no sign of life for a minute; `unknown`: another
 * program wrote it, does not say how it ended, and added nothing for a minute.
 */
export type RunStatus = "running" | EndStatus | "stale" | "unknown";

/** A number that JSON can hold. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** Of one tag. `min` and `max` are over finite values; absent if there was none. */
export interface TagSummary {
  readonly last: JsonNumber;
  readonly min?: number;
  readonly max?: number;
  /** Step of the last value. */
  readonly step: number;
  readonly count: number;
}

/** The one process that may write `run.json`. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started in the kernel's ticks, which tells it from a later process of the same number. */
  readonly processStart?: string;
  /** The space in which the number is counted, where containers have spaces of their own. */
  readonly namespace?: string;
}

export interface GitState {
  readonly commit: string;
  readonly branch: string;
  /** Tracked files differ from the commit. */
  readonly dirty: boolean;
  /** The file in the run's folder that says how, cut where it is long. */
  readonly changes?: string;
}

export interface RunRecord {
  readonly schemaVersion: number;
  /** Eight letters and digits. */
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  /** The id of the run that this one is a part of. */
  readonly parent?: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly status: "running" | EndStatus;
  /** Why it ended before its time, where that is no error: an early stop, a pruner's decision. */
  readonly reason?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly stack?: string };
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly finishedAt?: string;
  /** When its last point, picture or the like was recorded before that; absent if the process recorded none. */
  readonly recordedAt?: string;
  /** When an interrupt came from which its process may not have come back: without an end it is taken for one. */
  readonly interruptedAt?: string;
  /** Last sign of life of the owner, renewed every 15 s. */
  readonly heartbeat: string;
  readonly owner: Owner;
  /** Made up by a reader: the folder holds event files of another program, and no run.json. */
  readonly foreign?: true;
  /** The folder of another program's logs that it was made of. */
  readonly importedFrom?: string;
  /** Of a run that another program wrote: folders below its own that hold series of it. */
  readonly parts?: readonly RunPart[];
  /** Number of times the run was resumed. */
  readonly resumed: number;
  /** When it was resumed last. ISO 8601, UTC. */
  readonly resumedAt?: string;
  /** Seconds in which the processes before that wrote it. */
  readonly secondsBefore?: number;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly seed?: number;
  /** The process's arguments, values of tokens and passwords left out. */
  readonly command: readonly string[];
  /** What a person typed, where `tunelab run` ran the program; else `command` is it. */
  readonly typed?: readonly string[];
  readonly workingDirectory: string;
  /** Files under `code/`: what the code imports by relative paths, then what ran, in its order. */
  readonly code: readonly string[];
  /** Absent outside a git checkout. */
  readonly git?: GitState;
  readonly environment: Readonly<Record<string, JsonValue>>;
  /** The environment variables that decide how it computes; the values of secrets are `***`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<string, TagSummary>>;
  /**
   * The summary is of the points that stand, without those that a restart has written over. Said of runs that were resumed or
   * began anew at an earlier step; one that was resumed and does not say it counts them all, as earlier versions did.
   */
  readonly summaryStands?: boolean;
  /** What a person set: it stands before the values of `summary`. */
  readonly ownSummary?: Readonly<Record<string, number | string | boolean>>;
  /** Oldest first. */
  readonly artifacts?: readonly ArtifactRecord[];
  /** In the order in which they first came. */
  readonly alerts?: readonly Alert[];
  readonly model?: ModelSummary;
  /**
   * How many trainings of the same name, settings, seed and layers its process had recorded before, whether they are kept or
   * not; absent of what `fit` did not open, and in records of older versions.
   */
  readonly equalBefore?: number;
  /** What was checked before the first step. Absent where nothing was. */
  readonly preflight?: PreflightRecord;
  /** What could not be recorded, in sentences. */
  readonly problems: readonly string[];
}
