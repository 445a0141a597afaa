/** Why a run ended, as its record keeps it. */
import { errorRecord } from "./errorRecord.js";
import type { EndStatus, RunRecord } from "./runRecord.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

/** The error of a run that failed; of others, why they ended before their time. Secrets are left out. */
export function endRecord(status: EndStatus, why: unknown): Pick<RunRecord, "error" | "reason"> {
  if (status === "failed") return { error: errorRecord(why) };
  return { reason: withoutAssignedSecrets(String(why)) };
}
