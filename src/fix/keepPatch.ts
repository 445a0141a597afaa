/** Writes what a fix changed beside the run that it began with. */
import { join } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import type { Prescription } from "../doctor/index.js";
import { readRunRecord } from "../track/index.js";
import { type SourceChanges, sourcePatch } from "./source/sourcePatch.js";

export interface KeptPatch {
  readonly text: string;
  /** Undefined where nothing of it has a place in the code that the run keeps. */
  readonly file: string | undefined;
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
  const { text, isPlaced } = sourcePatch(dir, readRunRecord(dir), { changes, applied });
  if (!isPlaced) return { text, file: undefined };
  const file = join(dir, "fix.patch");
  writeFileAtomic(file, text);
  return { text, file };
}
