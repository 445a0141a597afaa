/** Makes runs of ours from logs that other programs wrote: copies, which can be resumed, tagged, and kept without them. */
import { existsSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { isoTime } from "../../base/clock.js";
import { counted } from "../../base/counted.js";
import { visibleControls } from "../../base/visibleControls.js";
import { warnOnce } from "../../base/warnOnce.js";
import { JsonFile } from "../jsonFile.js";
import { thisOwner } from "../owner.js";
import type { RunData } from "../runData.js";
import { runFiles } from "../runFiles.js";
import { makeRunFolder, runsFolder } from "../runFolder.js";
import { lastPoint, readRun } from "../runReader.js";
import type { RunRecord } from "../runRecord.js";
import { RunSummary } from "../runSummary.js";
import { warnOnStandardError } from "../warnOnStandardError.js";
import { copyLogs, removeOthers } from "./copyLogs.js";
import { fileSession } from "./fileSession.js";
import { type Imported, importedBefore, kept } from "./importedBefore.js";
import { runFoldersIn } from "./logFolders.js";
import { rememberLogRoot } from "./logRoots.js";
import { summedScalars } from "./usualNames.js";

export interface ImportOptions {
  /** The folder of runs to put them in; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  /** Their group; unless given the name of the folder of logs. */
  readonly group?: string;
  /** Told in a sentence what cannot be imported, or not all of it be read; unless given it is said as a warning. */
  readonly onProblem?: (sentence: string) => void;
  /** Told which runs are renewed, or made once more; unless given it is said once, beside the program's output. */
  readonly say?: (sentence: string) => void;
}

/**
 * Makes a run of each folder with event files in or below `logs`, and gives the runs' folders. Nothing is changed in `logs`.
 * Files that cannot be read, and those without a single event, are left out, and `onProblem` is told; runs that have no
 * others are not made.
 *
 * A run that was made of the same folder before is renewed in its place: its series are those of the logs now, so that files
 * that the logs no longer have are removed from it, while its id, name, tags, notes and artifacts stay. One that was resumed
 * since has points of its own: it is left as it is, and another is made.
 *
 * @example importRuns("lightning_logs")
 * @throws RangeError when `logs` is no folder or no event files are there.
 */
export function importRuns(logs: string, options: ImportOptions = {}): string[] {
  const root = resolve(logs);
  const isThere = existsSync(root);
  if (!isThere || !statSync(root).isDirectory())
    throw new RangeError(
      `import ${root}: it must be a folder of logs; ${isThere ? "it is a file" : "nothing is there"}`,
    );
  const found = runFoldersIn(root).foreign;
  if (found.length === 0)
    throw new RangeError(
      `import ${root}: event files of another program must be in it or below it, and there are none`,
    );
  rememberLogRoot(root);
  const { onProblem = warnOnStandardError, say = warnOnce } = options;
  const dir = resolve(options.dir ?? runsFolder());
  const into = { root: dir, group: options.group, named: basename(root), onProblem };
  const known = importedBefore(dir);
  return found.flatMap((source) => {
    const before = known.get(source);
    const made = importRun(source, { ...into, before: before?.record.resumed === 0 ? before : undefined });
    if (made !== undefined && before) say(toldOf(source, before.record));
    return made ?? [];
  });
}

interface Into {
  readonly root: string;
  readonly group: string | undefined;
  /** The group of a new run, if none is given. */
  readonly named: string;
  /** The run to renew. */
  readonly before: Imported | undefined;
  readonly onProblem: (sentence: string) => void;
}

function toldOf(source: string, { id, resumed }: RunRecord): string {
  const shown = visibleControls(source);
  return resumed === 0
    ? `run ${id}, made of ${shown} before, is renewed in its place`
    : `${shown} is imported once more: run ${id}, made of it before, was resumed and stays`;
}

/** Undefined where nothing of it can be read. */
function importRun(source: string, { root, group, named, before, onProblem }: Into): string | undefined {
  const run = readRun(source);
  const made = importedRecord(run);
  const { events, unread } = sortedFiles(run, (what) => onProblem(`import ${source}: ${what}`));
  if (events.length === 0) return undefined;
  const logs = { source, files: events, parts: made.parts };
  if (before) {
    copyLogs(before.dir, logs);
    removeOthers(before.dir, { ...logs, files: [...events, ...unread] });
    recordFile(before.dir).write({ ...made, ...kept(before.record), ...(group !== undefined && { group }) });
    return before.dir;
  }
  const { id, dir } = makeRunFolder(root, made.name);
  try {
    copyLogs(dir, logs);
    recordFile(dir).write({ ...made, id, group: group ?? named });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return dir;
}

/** Paths of the files with events, and of those that cannot be read; tells what of them all is left out. */
function sortedFiles(
  run: RunData,
  tell: (what: string) => void,
): { readonly events: readonly string[]; readonly unread: readonly string[] } {
  for (const { file, kind, message } of run.problems) if (kind !== "truncated") tell(`${file}: ${message}`);
  const isUnread = (path: string) =>
    run.problems.some(({ kind, file }) => kind === "unreadable" && file === relative(run.dir, path));
  const [unread, read] = parted(runFiles(run.dir, run.record), isUnread);
  const [events, empty] = parted(read, (path) => fileSession(path).began !== undefined);
  if (empty.length > 0)
    tell(
      `${counted(empty.length, "file")} without an event ${empty.length === 1 ? "is" : "are"} left out: ${basename(empty[0] ?? "")}${empty.length > 1 ? " and so on" : ""}`,
    );
  return { events, unread };
}

function parted(
  paths: readonly string[],
  fits: (path: string) => boolean,
): [fitting: string[], others: string[]] {
  return [paths.filter(fits), paths.filter((path) => !fits(path))];
}

function recordFile(dir: string): JsonFile<RunRecord> {
  return new JsonFile<RunRecord>(join(dir, "run.json"));
}

/** As the logs have it; its id is still theirs. */
function importedRecord(run: RunData): RunRecord {
  const summary = new RunSummary();
  for (const [tag, series] of summedScalars(run)) summary.addSeries(tag, series);
  const { foreign: _, ...made } = run.record;
  const ended = Math.max(lastPoint(run), Date.parse(made.createdAt) / 1000);
  const finishedAt = isoTime({ wallTime: () => ended });
  const isKnown = made.status !== "running";
  return {
    ...made,
    status: isKnown ? made.status : "finished",
    ...(!isKnown && { reason: "its logs do not say how it ended" }),
    finishedAt,
    heartbeat: finishedAt,
    owner: thisOwner(),
    importedFrom: run.dir,
    summary: summary.toJSON(),
  };
}
