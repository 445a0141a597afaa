/** Reads a sweep from its folder, running or not: nobody alive is needed. */
import { readJournal } from "./journal.js";
import { type RungDecision, rungDecisions } from "./rungDecisions.js";
import { isCoordinated } from "./sweepLock.js";
import { journalFile, readSweepRecord, type SweepRecord } from "./sweepRecord.js";
import { bestTrial, type TrialRecord } from "./trialRecord.js";
import { TrialTable } from "./trialTable.js";

/** A sweep as its files tell it. */
export interface SweepSummary extends Omit<SweepRecord, "trials"> {
  readonly dir: string;
  /** How many trials were asked for; absent when there is no limit. */
  readonly limit?: number;
  /** By number. */
  readonly trials: readonly TrialRecord[];
  readonly best: TrialRecord | undefined;
  /** Of successive halving, in the order in which they were made; none of other pruners. */
  readonly rungs: readonly RungDecision[];
  /** When its journal was written last, in seconds since 1970; 0 if nothing was. */
  readonly changedAt: number;
  /** Sentences about what could not be read. */
  readonly problems: readonly string[];
}

/** @throws what `readSweepRecord` throws; damaged lines of the journal are told in `problems`. */
export function readSweep(dir: string): SweepSummary {
  const { trials: limit, ...record } = readSweepRecord(dir);
  const { records, problems } = readJournal(journalFile(dir));
  const table = new TrialTable();
  for (const entry of records) table.apply(entry);
  const trials = isCoordinated(dir) ? table.trials : table.trials.map(cutShort);
  return {
    ...record,
    ...(limit === undefined ? {} : { limit }),
    dir,
    trials,
    best: bestTrial(table.trials, record.direction),
    rungs: rungDecisions(records, record),
    changedAt: records.reduce((last, entry) => Math.max(last, "time" in entry ? entry.time : 0), 0),
    problems,
  };
}

/** A trial that nobody goes on with has no end in the journal where its sweep was killed. */
function cutShort(trial: TrialRecord): TrialRecord {
  return trial.state === "running" ? { ...trial, state: "interrupted" } : trial;
}
