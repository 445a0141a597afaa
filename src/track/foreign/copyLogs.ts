/** The event files of an imported run: copies of those of its logs, each in its writer's or its part's folder. */
import { mkdirSync, rmSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { copyWhole } from "../copyWhole.js";
import { eventFiles } from "../eventFiles.js";
import { mainWriter } from "../openRun.js";
import { partOfFile } from "../runParts.js";
import type { RunRecord } from "../runRecord.js";

export interface Logs {
  /** The folder of logs. */
  readonly source: string;
  /** Absolute paths below it. */
  readonly files: readonly string[];
  readonly parts: RunRecord["parts"];
}

/** Files of the same name are replaced; others that are there stay. */
export function copyLogs(dir: string, logs: Logs): void {
  mkdirSync(join(dir, mainWriter), { recursive: true });
  for (const file of logs.files) {
    const folder = folderOf(dir, file, logs);
    mkdirSync(folder, { recursive: true });
    copyWhole(file, folder, () => join(folder, basename(file)));
  }
}

/**
 * Removes the event files of a run that are copies of none of these: a training that was run anew leaves none of the one
 * before it. The run must never have been resumed: all that it has are copies then.
 */
export function removeOthers(dir: string, logs: Logs): void {
  const copies = new Set(logs.files.map((file) => join(folderOf(dir, file, logs), basename(file))));
  const isOfRun = (file: string) => relative(dir, file).split(sep).length === 2;
  for (const file of eventFiles(dir)) if (isOfRun(file) && !copies.has(file)) rmSync(file);
}

function folderOf(dir: string, file: string, { source, parts = [] }: Logs): string {
  return join(dir, partOfFile(parts, relative(source, file))?.folder ?? mainWriter);
}
