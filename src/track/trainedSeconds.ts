/** How long a run was trained: the time of the processes that wrote it, not of what lay between them. */
import type { RunRecord } from "./runRecord.js";

/**
 * Seconds until the run's end, or its last sign of life.
 *
 * @param lastWrite when its last point was logged, in seconds since 1970; it counts for a run without an end, whose
 * record is renewed seldom
 */
export function trainedSeconds(record: RunRecord, lastWrite = 0): number {
  const { createdAt, resumedAt = createdAt, secondsBefore = 0, finishedAt, heartbeat } = record;
  const end = finishedAt === undefined ? Math.max(seconds(heartbeat), lastWrite) : seconds(finishedAt);
  return secondsBefore + Math.max(0, end - seconds(resumedAt));
}

const seconds = (time: string): number => Date.parse(time) / 1000;
