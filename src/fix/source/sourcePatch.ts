/** The changes of a fix in the source that the run keeps, as a patch. */
import { resolve } from "node:path";
import { unifiedDiff } from "../../base/unifiedDiff.js";
import type { Prescription } from "../../doctor/index.js";
import type { JsonValue, RunRecord } from "../../track/index.js";
import { findFit } from "./findFit.js";
import { findModel } from "./findModel.js";
import { keptCode } from "./keptCode.js";
import { programPatch } from "./programFolder.js";
import { type Reasons, setFit } from "./setFit.js";
import { setModel } from "./setModel.js";

/** In the run's folder. */
export const patchName = "fix.patch";

export interface SourceChanges {
  readonly fit: Readonly<Record<string, JsonValue>>;
  readonly model: Readonly<Record<string, JsonValue>>;
  /** However many: of a data set's code nothing is known. */
  readonly data: readonly unknown[];
}

export interface SourcePatch {
  /**
   * Comment lines with what is to be written by hand, then a unified diff for `patch -p1` or `git apply` in the run's
   * folder.
   */
  readonly text: string;
  /** Whether there is a diff. */
  readonly isPlaced: boolean;
}

/**
 * @param applied what the changes come from: the lines to write where a change has no place in the source.
 */
export function sourcePatch(
  dir: string,
  record: RunRecord,
  { changes, applied }: { readonly changes: SourceChanges; readonly applied: readonly Prescription[] },
): SourcePatch {
  const files = keptCode(dir, record);
  const call = findFit(files, record);
  const why = {
    fit: setFit(files, call, changes.fit),
    model: setModel(call && findModel(files, call), changes.model),
  };
  const diffs = files.map(({ path, text, edit }) => unifiedDiff(path, text, edit.toString())).join("");
  const byHand = applied.flatMap((one) => handLines(one, why));
  const head = [
    `# ${record.name} (${record.id}): what a fix changed. In the run's folder: patch -p1 < ${patchName}`,
  ];
  const own = programPatch(record, resolve(dir, patchName));
  if (own !== undefined) head.push(`# For the program itself: ${own}`);
  if (byHand.length > 0) head.push("# To be written by hand:", ...byHand);
  return { text: `${head.join("\n")}\n${diffs}`, isPlaced: diffs !== "" };
}

/** Comment lines; none where all of a prescription stands in the diff. */
function handLines(
  { text, code, change }: Prescription,
  why: { readonly fit: Reasons; readonly model: Reasons },
): string[] {
  const reasons = new Set([
    ...Object.keys(change?.fit ?? {}).flatMap((name) => why.fit.get(name) ?? []),
    ...Object.keys(change?.model ?? {}).flatMap((name) => why.model.get(name) ?? []),
    ...(change?.data === undefined ? [] : ["how the data set is made is not written over"]),
  ]);
  if (reasons.size === 0) return [];
  const lines = [`${text} (${[...reasons].join("; ")})`, ...(code === undefined ? [] : [`  ${code}`])];
  return lines.flatMap((line) => line.split(/\r?\n/)).map((line) => `#   ${line}`);
}
