/** How long a run was trained: the time of the processes that wrote it, not of what lay between them. */
import type { RunRecord } from "./runRecord.js";

/**
 * Seconds until the end of a run that was ended before its time, the last record of one that finished, or the last sign of
 * life. A run that a notebook's kernel holds open, or that is finished late, is trained no longer by that; one that
 * recorded nothing lasts until it is finished.
 *
 * @param lastWrite when its last point was logged, in seconds since 1970; it counts for a run without an end, whose
 * record is renewed seldom
 */
export function trainedSeconds(record: RunRecord, lastWrite = 0): number {
  const { createdAt, resumedAt = createdAt, secondsBefore = 0 } = record;
  return secondsBefore + Math.max(0, endOf(record, lastWrite) - seconds(resumedAt));
}

function endOf({ status, finishedAt, recordedAt, heartbeat }: RunRecord, lastWrite: number): number {
  if (finishedAt === undefined) return Math.max(seconds(heartbeat), lastWrite);
  return seconds((status === "finished" && recordedAt) || finishedAt);
}

const seconds = (time: string): number => Date.parse(time) / 1000;
