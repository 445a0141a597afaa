/** How a run ended, as its record keeps it. */
import { type Clock, isoTime } from "../base/clock.js";
import { whatComputes } from "./environment.js";
import { errorRecord } from "./errorRecord.js";
import type { EndStatus, RunRecord } from "./runRecord.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

const endStatuses: readonly EndStatus[] = ["finished", "failed", "interrupted", "pruned", "killed"];

/** Throws a `RangeError` that names those there are. */
export function checkEndStatus(status: unknown): void {
  if (endStatuses.includes(status as EndStatus)) return;
  const given = typeof status === "string" ? JSON.stringify(status) : String(status);
  throw new RangeError(`finish: status must be one of ${endStatuses.join(", ")}; got ${given}`);
}

export interface RunEnd {
  /** The error of a run that failed; of others, why they ended before their time. Undefined: nothing to say. */
  readonly why: unknown;
  readonly clock: Clock;
  /** Of the newest that was recorded, in seconds since 1970; 0 of nothing. */
  readonly recordedAt: number;
  /** As it is kept. */
  readonly environment: RunRecord["environment"];
}

/** What changes in the record. Secrets are left out. */
export function endRecord(
  status: EndStatus,
  { why, clock, recordedAt, environment }: RunEnd,
): Partial<RunRecord> {
  return {
    status,
    finishedAt: isoTime(clock),
    ...(recordedAt > 0 && { recordedAt: isoTime({ wallTime: () => recordedAt }) }),
    environment: { ...whatComputes(), ...environment },
    ...(why !== undefined && reasonOf(status, why)),
  };
}

function reasonOf(status: EndStatus, why: unknown): Pick<RunRecord, "error" | "reason"> {
  if (status === "failed") return { error: errorRecord(why) };
  return { reason: withoutAssignedSecrets(String(why)) };
}
