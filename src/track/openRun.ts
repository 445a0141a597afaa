/** Opens a run: a folder of its own, its record, a writer for its events. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Clock, isoTime, systemClock } from "../base/clock.js";
import { host, type SourceText } from "../base/host.js";
import { typedCommand } from "../base/typedCommand.js";
import { captureCode } from "./codeCapture.js";
import { captureEnvironment } from "./environment.js";
import { environmentVariables } from "./environmentVariables.js";
import { checkoutOf } from "./gitState.js";
import { toJsonObject } from "./jsonValue.js";
import { localFiles } from "./localFiles.js";
import { thisOwner } from "./owner.js";
import { findParent, type ParentRun } from "./parentRun.js";
import { recordedConfig } from "./recordedConfig.js";
import type { Run } from "./run.js";
import { makeRunFolder, runsFolder } from "./runFolder.js";
import { type GitState, type ModelSummary, type RunRecord, schemaVersion } from "./runRecord.js";
import { type BesideOptions, besideOf, startRun } from "./startRun.js";
import { warnOnStandardError } from "./warnOnStandardError.js";
import { withoutSecrets } from "./withoutSecrets.js";

export interface OpenRunOptions extends BesideOptions {
  /** What people call the run; any text. Several runs may share it. */
  readonly name?: string;
  /** Hyper-parameters and whatever else tells this run from others. */
  readonly config?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** The run that this one is a part of, or its folder, id or name. Its folder of runs and its group are the default. */
  readonly parent?: ParentRun;
  /** Runs of one sweep, or of one comparison, share a group. */
  readonly group?: string;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  readonly seed?: number;
  /** Added to what plain Node knows: threads, oneDNN, TensorFlow's version. */
  readonly environment?: object;
  readonly model?: ModelSummary;
  /** How many trainings that look alike the process recorded before. */
  readonly equalBefore?: number;
  /** The source that runs; else what the host says. */
  readonly sources?: readonly SourceText[];
  readonly clock?: Clock;
  /** Told when something cannot be recorded; else a line on standard error. */
  readonly warn?: (sentence: string) => void;
  /** Where alerts are said; else beside the program's output. */
  readonly say?: (sentence: string) => void;
  /** A file of events of so many bytes is followed by a new one, ≥ 1. Default: 256 MiB. */
  readonly fileBytes?: number;
}

/** The sub-folder of the owner's events. */
export const mainWriter = "main";

/**
 * Opens a new run.
 *
 * Throws what the file system says when the folder cannot be made; a `RangeError` if there is no such parent.
 *
 * @example
 * const run = openRun({ name: "baseline", config: { learningRate: 1e-3 } });
 * run.log({ "train/loss": 2.3 }, 0);
 * run.finish();
 */
export function openRun(options: OpenRunOptions = {}): Run {
  const { name = "run", clock = systemClock, warn = warnOnStandardError } = options;
  const beside = besideOf(options);
  const parent = options.parent === undefined ? undefined : findParent(options.parent, options.dir);
  const { id, dir } = makeRunFolder(resolve(options.dir ?? parent?.folder ?? runsFolder()), name);
  const writerFolder = join(dir, mainWriter);
  mkdirSync(writerFolder);
  const described = { ...(parent?.group !== undefined && { group: parent.group }), ...options };
  const record = newRecord(described, { id, name, dir, clock, ...(parent && { parent: parent.id }) });
  const { say, fileBytes } = options;
  const optional = { ...(say && { say }), ...(fileBytes !== undefined && { fileBytes }) };
  return startRun({ dir, record, writerFolder, clock, warn, openRun, ...optional }, beside);
}

function newRecord(
  options: OpenRunOptions,
  made: {
    readonly id: string;
    readonly name: string;
    readonly dir: string;
    readonly clock: Clock;
    readonly parent?: string;
  },
): RunRecord {
  const git = captureGit(made.dir);
  const now = isoTime(made.clock);
  const { code, left } = codeOf(options.sources);
  const typed = typedCommand();
  return {
    schemaVersion,
    id: made.id,
    name: made.name,
    ...(options.group !== undefined && { group: options.group }),
    ...(made.parent !== undefined && { parent: made.parent }),
    tags: [...(options.tags ?? [])],
    notes: options.notes ?? "",
    status: "running",
    createdAt: now,
    heartbeat: now,
    owner: thisOwner(),
    resumed: 0,
    config: recordedConfig(options.config ?? {}),
    ...(options.seed !== undefined && { seed: options.seed }),
    command: withoutSecrets(process.argv),
    ...(typed && { typed: withoutSecrets(typed) }),
    workingDirectory: process.cwd(),
    code: captureCode(join(made.dir, "code"), code),
    ...(git && { git }),
    environment: { ...captureEnvironment(), ...toJsonObject(options.environment ?? {}) },
    variables: environmentVariables(),
    summary: {},
    ...(options.model && { model: options.model }),
    ...(options.equalBefore !== undefined && { equalBefore: options.equalBefore }),
    problems:
      left > 0
        ? [
            `${left} more files that the code imports are not kept: together they are more than 1 MiB or 200, or may not be read`,
          ]
        : [],
  };
}

/** What ran comes last, behind what it imports. */
function codeOf(given: readonly SourceText[] | undefined): { code: readonly SourceText[]; left: number } {
  if (given) return { code: given, left: 0 };
  const sources = host().sources();
  const { files, left } = localFiles(sources);
  return { code: [...files, ...sources], left };
}

/** In a run's folder, what differs from the commit. */
const changesFile = "changes.diff";

function captureGit(dir: string): GitState | undefined {
  const checkout = checkoutOf(process.cwd());
  if (checkout?.difference === undefined) return checkout?.state;
  writeFileSync(join(dir, changesFile), checkout.difference);
  return { ...checkout.state, changes: changesFile };
}
