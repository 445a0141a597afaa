/** A run's record with a full summary, and its true status. */
import { RunReader, readRunRecord } from "./runReader.js";
import type { RunRecord, RunStatus } from "./runRecord.js";
import { RunSummary } from "./runSummary.js";

/** Only a run that ended in order has a full summary in run.json: of others the events are read. */
export function summarisedRun(dir: string): { readonly record: RunRecord; readonly status: RunStatus } {
  const stored = readRunRecord(dir);
  if (stored.status !== "running") return { record: stored, status: stored.status };
  const { record, scalars, status } = new RunReader(dir).refresh();
  const summary = new RunSummary();
  for (const [tag, series] of scalars) summary.addSeries(tag, series);
  return { record: { ...record, summary: summary.toJSON() }, status };
}
