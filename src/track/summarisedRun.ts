/** A run's record with a full summary, and its true status. */
import { summedScalars } from "./foreign/usualNames.js";
import { withOwnNumbers } from "./ownSummary.js";
import { lastPoint, RunReader, readRunRecord } from "./runReader.js";
import type { RunRecord, RunStatus } from "./runRecord.js";
import { RunSummary } from "./runSummary.js";
import { trainedSeconds } from "./trainedSeconds.js";

export interface SummarisedRun {
  readonly record: RunRecord;
  readonly status: RunStatus;
  /** How long it was trained. */
  readonly seconds: number;
}

/**
 * With the numbers that a person set in their places. Only a run that ended in order has a full summary in run.json: of
 * others, those of other programs, and imported ones that went on since, the events are read.
 *
 * @param reader one that is kept from call to call reads only what was added since
 */
export function summarisedRun(dir: string, reader?: RunReader): SummarisedRun {
  const stored = readRunRecord(dir);
  if (isSummarised(stored))
    return {
      record: { ...stored, summary: withOwnNumbers(stored) },
      status: stored.status,
      seconds: trainedSeconds(stored),
    };
  const data = (reader ?? new RunReader(dir)).refresh();
  const { record, status } = data;
  const summary = new RunSummary();
  for (const [tag, series] of summedScalars(data)) summary.addSeries(tag, series);
  return {
    record: { ...record, summary: withOwnNumbers({ ...record, summary: summary.toJSON() }) },
    status,
    seconds: trainedSeconds(record, lastPoint(data)),
  };
}

/**
 * Whoever resumes an imported run knows only the series that it has, and not those that are made of them. What a restart has
 * written over counts in a record that does not say otherwise.
 */
function isSummarised({ status, foreign, importedFrom, resumed, summaryStands }: RunRecord): boolean {
  if (status === "running" || foreign || summaryStands === false) return false;
  return resumed === 0 || (importedFrom === undefined && summaryStands === true);
}
