/** Runs that were made of other programs' logs: what is made of the same logs again takes their place. */
import { isFolder } from "../../base/isFolder.js";
import { findRuns } from "../findRuns.js";
import { readRunRecord } from "../runReader.js";
import type { RunRecord } from "../runRecord.js";

export interface Imported {
  readonly dir: string;
  readonly record: RunRecord;
}

/** By the folder of logs that they were made of: the newest, of those that were not resumed if there is one. */
export function importedBefore(root: string): ReadonlyMap<string, Imported> {
  const found = new Map<string, Imported>();
  for (const dir of isFolder(root) ? findRuns([], { dir: root }) : []) {
    const record = readRunRecord(dir);
    const { importedFrom, resumed } = record;
    if (importedFrom === undefined) continue;
    const other = found.get(importedFrom);
    if (resumed === 0 || other === undefined || other.record.resumed > 0)
      found.set(importedFrom, { dir, record });
  }
  return found;
}

/** What people know the run by, and gave it: the logs do not have it. */
export function kept({
  id,
  name,
  group,
  tags,
  notes,
  ownSummary,
  artifacts,
  alerts,
}: RunRecord): Partial<RunRecord> & Pick<RunRecord, "id"> {
  return {
    ...{ id, name, tags, notes },
    ...(group !== undefined && { group }),
    ...(ownSummary && { ownSummary }),
    ...(artifacts && { artifacts }),
    ...(alerts && { alerts }),
  };
}
