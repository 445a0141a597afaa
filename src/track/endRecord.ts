/** Why a run ended, as its record keeps it. */
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

/** The error of a run that failed; of others, why they ended before their time. Secrets are left out. */
export function endRecord(status: EndStatus, why: unknown): Pick<RunRecord, "error" | "reason"> {
  if (status === "failed") return { error: errorRecord(why) };
  return { reason: withoutAssignedSecrets(String(why)) };
}
