/** Makes runs of ours from logs that other programs wrote: copies, which can be resumed, tagged, and kept without them. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { isoTime } from "../../base/clock.js";
import { JsonFile } from "../jsonFile.js";
import { mainWriter } from "../openRun.js";
import { thisOwner } from "../owner.js";
import { runFiles } from "../runFiles.js";
import { makeRunFolder, runsFolder } from "../runFolder.js";
import { partOfFile } from "../runParts.js";
import { lastPoint, readRun, readRunRecord } from "../runReader.js";
import type { RunRecord } from "../runRecord.js";
import { RunSummary } from "../runSummary.js";
import { runFoldersIn } from "./logFolders.js";
import { rememberLogRoot } from "./logRoots.js";
import { summedScalars } from "./usualNames.js";

export interface ImportOptions {
  /** The folder of runs to put them in; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  /** Their group; unless given the name of the folder of logs. */
  readonly group?: string;
}

/**
 * Makes a run of each folder with event files in or below `logs`, and gives the runs' folders. Nothing is changed in `logs`;
 * what was imported once is imported again.
 *
 * @example importRuns("lightning_logs")
 * @throws RangeError when no event files are there.
 */
export function importRuns(logs: string, options: ImportOptions = {}): string[] {
  const root = resolve(logs);
  const found = existsSync(root) ? runFoldersIn(root).foreign : [];
  if (found.length === 0)
    throw new RangeError(
      `import ${root}: event files of another program must be in it or below it, and there are none`,
    );
  rememberLogRoot(root);
  const group = options.group ?? basename(root);
  return found.map((dir) => importRun(dir, { root: resolve(options.dir ?? runsFolder()), group }));
}

function importRun(
  source: string,
  { root, group }: { readonly root: string; readonly group: string },
): string {
  const made = importedRecord(source, group);
  const { id, dir } = makeRunFolder(root, made.name);
  try {
    mkdirSync(join(dir, mainWriter));
    for (const file of runFiles(source, readRunRecord(source))) {
      const part = partOfFile(made.parts ?? [], relative(source, file));
      const folder = join(dir, part?.folder ?? mainWriter);
      mkdirSync(folder, { recursive: true });
      copyFileSync(file, join(folder, basename(file)));
    }
    new JsonFile<RunRecord>(join(dir, "run.json")).write({ ...made, id });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return dir;
}

/** As the logs have it; its id is still theirs. */
function importedRecord(source: string, group: string): RunRecord {
  const run = readRun(source);
  const summary = new RunSummary();
  for (const [tag, series] of summedScalars(run)) summary.addSeries(tag, series);
  const { foreign: _, ...made } = run.record;
  const ended = Math.max(lastPoint(run), Date.parse(made.createdAt) / 1000);
  const finishedAt = isoTime({ wallTime: () => ended });
  const isKnown = made.status !== "running";
  return {
    ...made,
    group,
    status: isKnown ? made.status : "finished",
    ...(!isKnown && { reason: "its logs do not say how it ended" }),
    finishedAt,
    heartbeat: finishedAt,
    owner: thisOwner(),
    importedFrom: source,
    summary: summary.toJSON(),
  };
}
