/**
 * Reads a run's folder, and again what was added since: nobody alive is needed for it.
 *
 * Event files are taken writer by writer in the order of their names, which is the order in which they were made.
 */
import { join, relative, resolve, sep } from "node:path";
import { isWallTime } from "../base/clock.js";
import { fileVersion } from "../base/fileVersion.js";
import { EventFileReader, ReplacedFile } from "./eventFileReader.js";
import { EventSink, type PointSink } from "./eventSink.js";
import { foreignRecord } from "./foreign/foreignRecord.js";
import { JsonFile } from "./jsonFile.js";
import { statusOf } from "./owner.js";
import { PartSink } from "./partSink.js";
import type { ReadProblem, RunData, ScalarSeries } from "./runData.js";
import { runFiles } from "./runFiles.js";
import { systemWriter } from "./runFolder.js";
import { partOfFile, type RunPart } from "./runParts.js";
import { type RunRecord, schemaVersion } from "./runRecord.js";
import { type StoredData, storedData } from "./storedData.js";

export class RunReader {
  readonly dir: string;
  #sink = new EventSink();
  #system = new EventSink();
  readonly #files = new Map<string, EventFileReader>();
  /** By their parts' folders: all files of a part go on in the same series. */
  readonly #partSinks = new Map<string, PartSink>();
  #problems: ReadProblem[] = [];
  #record: { readonly record: RunRecord; readonly version: string | undefined } | undefined;
  /** Kept once it is there: it is written once. */
  #data: StoredData | undefined;
  #last: RunData | undefined;

  constructor(dir: string) {
    this.dir = resolve(dir);
  }

  /**
   * The run as it is now. Series already given out do not change.
   *
   * A run that was read before and then deleted, renamed or made unreadable is given as it was last, with a problem of
   * the kind `gone`, until it is there again. A file that was replaced or cut makes the run be read anew, with a problem
   * of the kind `replaced` that once.
   * Throws when `dir` holds no run that this version can read, and held none before.
   */
  refresh(): RunData {
    try {
      this.#last = this.#read();
      return this.#last;
    } catch (error) {
      if (!this.#last) throw error;
      const message = `the run is as it was read last: ${(error as Error).message}`;
      return { ...this.#last, problems: [...this.#last.problems, problem("run.json", "gone", message)] };
    }
  }

  #read(): RunData {
    const { record, isOther } = this.#readRecord();
    this.#problems = [];
    if (isOther)
      this.#forget(problem("run.json", "replaced", "another run took the place of the one read before"));
    const closed: string[] = [];
    const findPaths = () =>
      runFiles(this.dir, record, (folder, error) => {
        closed.push(folder + sep);
        this.#problems.push(problem(relative(this.dir, folder), "unreadable", error.message));
      });
    let paths = findPaths();
    // What was read of a folder that is closed now stays.
    const isClosed = (path: string) => closed.some((folder) => path.startsWith(folder));
    const gone = [...this.#files.keys()].find((path) => !paths.includes(path) && !isClosed(path));
    if (gone !== undefined)
      this.#forget(
        problem(relative(this.dir, gone), "replaced", "the file is gone; the others were read anew"),
      );
    try {
      for (const path of paths) this.#refreshFile(path, record);
    } catch (error) {
      if (!(error instanceof ReplacedFile)) throw error;
      this.#problems = [];
      this.#forget(problem(error.file, "replaced", `${error.message}; the run was read anew`));
      paths = findPaths();
      for (const path of paths) this.#refreshFile(path, record);
    }
    const files = [...this.#files.values()];
    this.#data ??= storedData(this.dir);
    const lastWrite = Math.max(0, ...files.map((file) => file.lastWrite));
    return {
      dir: this.dir,
      record,
      status: statusOf(record, { now: Date.now() / 1000, lastWrite }),
      scalars: seriesOf(this.#sink),
      ...(this.#system.scalars.size > 0 && { system: seriesOf(this.#system) }),
      histograms: new Map([...this.#sink.histograms].map(([tag, points]) => [tag, [...points]])),
      ...(this.#data && { data: this.#data }),
      ...this.#sink.media.media(),
      problems: [...files.flatMap((file) => file.problems), ...this.#problems],
    };
  }

  /** Read again only when the file changed: it is replaced whole, so it has another identity then. */
  #readRecord(): { readonly record: RunRecord; readonly isOther: boolean } {
    const before = this.#record;
    const version = fileVersion(join(this.dir, "run.json"));
    if (before && version !== undefined && before.version === version)
      return { record: before.record, isOther: false };
    const record = readRunRecord(this.dir);
    this.#record = { record, version };
    return { record, isOther: before !== undefined && before.record.id !== record.id };
  }

  /** What was read is no longer what lies there: all is to be read from the start. */
  #forget(why: ReadProblem): void {
    this.#sink = new EventSink();
    this.#system = new EventSink();
    this.#data = undefined;
    this.#files.clear();
    this.#partSinks.clear();
    this.#problems.push(why);
  }

  #sinkOf(name: string, { parts = [] }: RunRecord): PointSink {
    const part = partOfFile(parts, name);
    if (part) return this.#partSink(part);
    return name.split(sep)[0] === systemWriter ? this.#system : this.#sink;
  }

  #partSink(part: RunPart): PartSink {
    const sink = this.#partSinks.get(part.folder) ?? new PartSink(this.#sink, part);
    this.#partSinks.set(part.folder, sink);
    return sink;
  }

  #refreshFile(path: string, record: RunRecord): void {
    const name = relative(this.dir, path);
    const file = this.#files.get(path) ?? new EventFileReader(path, name, this.#sinkOf(name, record));
    this.#files.set(path, file);
    try {
      file.refresh();
    } catch (error) {
      if (error instanceof ReplacedFile) throw error;
      this.#problems.push(problem(name, "unreadable", (error as Error).message));
    }
  }
}

function problem(file: string, kind: ReadProblem["kind"], message: string): ReadProblem {
  return { file, offset: 0, kind, message };
}

function seriesOf({ scalars }: EventSink): Map<string, ScalarSeries> {
  return new Map([...scalars].map(([tag, builder]) => [tag, builder.series()]));
}

/** Everything in a run's folder, read once. Throws when `dir` holds no run that this version can read. */
export function readRun(dir: string): RunData {
  return new RunReader(dir).refresh();
}

/**
 * Only `run.json`; of a folder that has none, but event files, what those say. Throws when there is neither, or when a newer
 * version wrote it.
 */
export function readRunRecord(dir: string): RunRecord {
  const record = new JsonFile<RunRecord>(join(dir, "run.json")).read();
  if (!record) {
    const foreign = foreignRecord(dir);
    if (foreign) return foreign;
    throw new Error(`read run ${dir}: a run's folder must hold run.json, and there is none`);
  }
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

/**
 * When the run's last value was logged, in seconds since 1970; 0 if none was. A copy of its files says the same. What can be
 * no time is passed over.
 */
export function lastPoint({ scalars, histograms }: RunData): number {
  const times = [
    ...[...scalars.values()].map(({ wallTimes }) => wallTimes.findLast(isWallTime) ?? 0),
    ...[...histograms.values()].map(
      (points) => points.findLast(({ wallTime }) => isWallTime(wallTime))?.wallTime ?? 0,
    ),
  ];
  return Math.max(0, ...times);
}
