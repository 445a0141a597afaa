/** Whether another process has taken over a run that this one still writes. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { JsonFile } from "./jsonFile.js";
import type { Owner, RunRecord } from "./runRecord.js";

/** The file by which a process claims the run as the n-th that resumes it. */
export function claimFile(dir: string, n: number): string {
  return join(dir, `.resumed-${n}`);
}

/**
 * Who resumed the run since `resumed`, which is how often it had been when this process became its owner: one on another
 * machine that saw no sign of life of it for a minute. Undefined if nobody did.
 */
export function successorOf(dir: string, resumed: number): Owner | undefined {
  // Of a claim alone nothing follows: its process may have died, or found that the run's owner lives.
  if (!existsSync(claimFile(dir, resumed + 1))) return undefined;
  const now = new JsonFile<RunRecord>(join(dir, "run.json")).read();
  return now && now.resumed > resumed ? now.owner : undefined;
}
