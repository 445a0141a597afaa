/**
 * Reads a run's folder, and again what was added since: nobody alive is needed for it.
 *
 * Event files are taken writer by writer in the order of their names, which is the order in which they were made.
 */
import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { EventFileReader } from "./eventFileReader.js";
import { EventSink } from "./eventSink.js";
import { JsonFile } from "./jsonFile.js";
import { statusOf } from "./owner.js";
import type { ReadProblem, RunData } from "./runData.js";
import { type RunRecord, schemaVersion } from "./runRecord.js";

export class RunReader {
  readonly dir: string;
  readonly #sink = new EventSink();
  readonly #files = new Map<string, EventFileReader>();
  #unreadable: ReadProblem[] = [];

  constructor(dir: string) {
    this.dir = resolve(dir);
  }

  /**
   * The run as it is now. Series already given out do not change.
   * Throws when `dir` holds no run that this version can read.
   */
  refresh(): RunData {
    const record = readRunRecord(this.dir);
    this.#unreadable = [];
    for (const path of eventFiles(this.dir)) this.#refreshFile(path);
    const files = [...this.#files.values()];
    return {
      dir: this.dir,
      record,
      status: statusOf(record, { now: Date.now() / 1000, lastWrite: lastWrite(this.dir) }),
      scalars: new Map([...this.#sink.scalars].map(([tag, builder]) => [tag, builder.series()])),
      histograms: new Map([...this.#sink.histograms].map(([tag, points]) => [tag, [...points]])),
      problems: [...files.flatMap((file) => file.problems), ...this.#unreadable],
    };
  }

  #refreshFile(path: string): void {
    const name = relative(this.dir, path);
    const file = this.#files.get(path) ?? new EventFileReader(path, name, this.#sink);
    this.#files.set(path, file);
    try {
      file.refresh();
    } catch (error) {
      const { message } = error as Error;
      this.#unreadable.push({ file: name, offset: 0, kind: "unreadable", message });
    }
  }
}

/** Everything in a run's folder, read once. Throws when `dir` holds no run that this version can read. */
export function readRun(dir: string): RunData {
  return new RunReader(dir).refresh();
}

/** Only `run.json`. Throws when there is none, or when a newer version wrote it. */
export function readRunRecord(dir: string): RunRecord {
  const record = new JsonFile<RunRecord>(join(dir, "run.json")).read();
  if (!record) throw new Error(`read run ${dir}: a run's folder must hold run.json, and there is none`);
  if (!(record.schemaVersion <= schemaVersion)) {
    throw new Error(
      `read run ${dir}: run.json must have schemaVersion ${schemaVersion} or lower; got ${record.schemaVersion}`,
    );
  }
  const lacking = lackingIn(record);
  if (lacking)
    throw new SyntaxError(`read run ${dir}: run.json must be a run's record, but has no ${lacking}`);
  return record;
}

const texts = ["id", "name", "status", "createdAt", "heartbeat"] as const;
const objects = ["owner", "config", "summary", "environment"] as const;

/** What every reader of a record looks at: the first that is not there, or is something else. */
function lackingIn(record: RunRecord): string | undefined {
  const isObject = (value: unknown) => typeof value === "object" && value !== null;
  return (
    texts.find((key) => typeof record[key] !== "string") ?? objects.find((key) => !isObject(record[key]))
  );
}

/** Paths of all event files under `dir`, sorted by folder and name. */
export function eventFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes("tfevents"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** When a run's events were last written, in seconds since 1970; 0 if there are none. */
export function lastWrite(dir: string): number {
  return Math.max(0, ...eventFiles(dir).map((path) => statSync(path).mtimeMs / 1000));
}

/** When the run's last value was logged, in seconds since 1970; 0 if none was. A copy of its files says the same. */
export function lastPoint({ scalars, histograms }: RunData): number {
  const times = [
    ...[...scalars.values()].map(({ wallTimes }) => wallTimes.at(-1) ?? 0),
    ...[...histograms.values()].map((points) => points.at(-1)?.wallTime ?? 0),
  ];
  return Math.max(0, ...times);
}
