/** Writes what a fix changed beside the run that it began with. */
import { join, resolve } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import type { Prescription } from "../doctor/index.js";
import { readRunRecord } from "../track/index.js";
import { programPatch } from "./source/programFolder.js";
import { patchName, type SourceChanges, sourcePatch } from "./source/sourcePatch.js";

export interface KeptPatch {
  readonly text: string;
  /** Undefined where nothing of it has a place in the code that the run keeps. */
  readonly file: string | undefined;
  /** What patches the program itself by it, for a shell; undefined where that is not there. */
  readonly command?: string;
}

export interface Patchable {
  readonly improved: boolean;
  readonly before: { readonly dir: string };
  readonly changes: SourceChanges;
  readonly applied: readonly Prescription[];
}

/** As `fix.patch` in the run's folder. Undefined where nothing was better than the first training. */
export function keepPatch({ improved, before: { dir }, changes, applied }: Patchable): KeptPatch | undefined {
  if (!improved) return undefined;
  const record = readRunRecord(dir);
  const { text, isPlaced } = sourcePatch(dir, record, { changes, applied });
  if (!isPlaced) return { text, file: undefined };
  const file = join(dir, patchName);
  writeFileAtomic(file, text);
  const command = programPatch(record, resolve(file));
  return { text, file, ...(command !== undefined && { command }) };
}
