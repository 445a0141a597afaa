import type { DataRecord } from "../base/dataRecord.js";
import type { RunData } from "../track/index.js";

export interface RecordedTargets {
  /** None where nothing was recorded of the data, or it cannot be read. */
  readonly targets: DataRecord["targets"];
  /** Why `data.json` cannot be read. */
  readonly unread?: string;
}

/** What a run keeps of the targets that it was taught. */
export function recordedTargets({ data }: Pick<RunData, "data">): RecordedTargets {
  try {
    return { targets: data?.record().targets ?? [] };
  } catch (error) {
    return { targets: [], unread: (error as Error).message };
  }
}
