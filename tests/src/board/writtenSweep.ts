/** Writes a sweep's files, as a coordinator would. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SweepData } from "../../../src/board/sweepData.js";
import { formatRecord, type JournalRecord } from "../../../src/sweep/journalRecord.js";
import { journalFile, recordFile, type SweepRecord } from "../../../src/sweep/sweepRecord.js";
import { thisOwner } from "../../../src/track/owner.js";

/** Returns the sweep's folder. `runs` are the folders of its trials' runs, by number. */
export function writeSweep(
  { name, direction, metric, trials, distributions }: SweepData,
  root: string,
  runs: readonly string[] = [],
): string {
  const id = "abcd1234";
  const dir = join(root, `${name}-${id}`);
  mkdirSync(dir, { recursive: true });
  const record: SweepRecord = {
    schemaVersion: 1,
    id,
    name,
    createdAt: "2026-01-01T00:00:00.000Z",
    direction,
    metric,
    seed: 1,
    sampler: { name: "random", options: {} },
    pruner: { name: "none", options: {} },
    window: 1,
    repeatable: false,
    retries: 0,
    engine: "local",
    code: [],
  };
  writeFileSync(recordFile(dir), JSON.stringify(record));
  // While trials run, a process goes on with them.
  if (trials.some(({ state }) => state === "running"))
    writeFileSync(join(dir, "coordinator.json"), JSON.stringify(thisOwner()));
  const journal = trials.flatMap((trial): JournalRecord[] => {
    const of = { trial: trial.number, attempt: 1 };
    const time = 1_760_000_000 + trial.number;
    return [
      { type: "ask", ...of, time, params: trial.params, sees: 0 },
      ...Object.entries(trial.params).map(([parameter, value]): JournalRecord => {
        const distribution = distributions[parameter];
        if (!distribution) throw new RangeError(`write sweep: ${parameter} needs a distribution`);
        return { type: "param", ...of, name: parameter, distribution, value };
      }),
      ...(runs[trial.number] === undefined
        ? []
        : [{ type: "run" as const, ...of, dir: runs[trial.number] as string }]),
      ...trial.intermediate.map(
        ([step, value]): JournalRecord => ({ type: "report", ...of, time, step, value }),
      ),
      ...(trial.state === "running"
        ? []
        : [
            {
              type: "tell" as const,
              ...of,
              time,
              state: trial.state,
              value: trial.value,
              ...(trial.error === undefined ? {} : { error: trial.error }),
            },
          ]),
    ];
  });
  writeFileSync(journalFile(dir), journal.map((line) => `${formatRecord(line)}\n`).join(""));
  return dir;
}
