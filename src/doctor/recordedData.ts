/** What the rules know of a run's data, and why they know nothing where they do not. */
import type { DataRecord } from "../base/dataRecord.js";
import type { RunData, StoredHashes } from "../track/index.js";

export interface RecordedData {
  readonly record: DataRecord;
  /** Undefined where there are none, or they cannot be read. */
  readonly hashes: StoredHashes | undefined;
  /** What a rule that needs hashes lacks. */
  readonly hashesMissing: string;
}

/** What a rule that needs to know the data lacks. */
export interface DataOfRun {
  readonly data: RecordedData | undefined;
  readonly dataMissing: string;
}

/** Files that cannot be read are as if they were not there, but for the reason. */
export function dataOfRun({ data: stored }: RunData): DataOfRun {
  if (!stored) return { data: undefined, dataMissing: "what fit records of its data (data.json)" };
  try {
    const record = stored.record();
    return { data: { record, ...hashesOf(record, () => stored.hashes()) }, dataMissing: "" };
  } catch (error) {
    return { data: undefined, dataMissing: `data.json whole: ${(error as Error).message}` };
  }
}

function hashesOf(
  record: DataRecord,
  read: () => StoredHashes | undefined,
): Pick<RecordedData, "hashes" | "hashesMissing"> {
  const without = record.noHashes === undefined ? "" : `; ${record.noHashes}`;
  try {
    return { hashes: read(), hashesMissing: `hashes of the rows (rows.bin)${without}` };
  } catch (error) {
    return { hashes: undefined, hashesMissing: `rows.bin whole: ${(error as Error).message}` };
  }
}
