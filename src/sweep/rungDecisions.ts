/** What a sweep's successive halving decided at each rung, from its journal. */
import type { JournalRecord } from "./journalRecord.js";
import { ashaCutoff } from "./pruners/asha.js";
import { prunerNamed } from "./pruners/named.js";
import type { Pruner } from "./pruners/pruner.js";
import { reportsUpTo } from "./reportsUpTo.js";
import type { SweepRecord } from "./sweepRecord.js";
import type { Reports, TrialRecord } from "./trialRecord.js";
import { TrialTable } from "./trialTable.js";

/** A trial was judged at a rung. */
export interface RungDecision {
  readonly trial: number;
  /** The rung's step. The trial was judged by its first report there or later. */
  readonly rung: number;
  readonly value: number;
  /** What it was held to: the quantile of those that the decision could see. NaN where there was none. */
  readonly cutoff: number;
  /** As the journal says. */
  readonly stopped: boolean;
}

type Halving = Pick<SweepRecord, "pruner" | "direction" | "repeatable">;

/**
 * In the order in which they were made; those of a trial's latest start alone. None of a sweep without successive
 * halving. In a repeatable sweep a decision saw the trials of lower numbers, all of them; else those that the journal
 * had told of by then.
 */
export function rungDecisions(
  records: readonly JournalRecord[],
  { pruner: { name, options }, direction, repeatable }: Halving,
): RungDecision[] {
  if (name !== "asha") return [];
  const pruner = prunerNamed(name, options);
  const { eta } = pruner.options as { eta: number };
  const ends = repeatable ? tableOf(records).trials : undefined;
  const stops = new Set(records.flatMap((record) => (record.type === "prune" ? [keyOf(record)] : [])));
  const table = new TrialTable();
  const made: (RungDecision & { readonly attempt: number })[] = [];
  for (const record of records) {
    table.apply(record);
    if (record.type !== "report") continue;
    const { trial, attempt } = record;
    const rung = rungOf(table.trials[trial], attempt, pruner);
    if (rung === undefined) continue;
    const others = ends
      ? ends.filter(({ number }) => number < trial)
      : table.trials.filter(({ number }) => number !== trial);
    const cutoff = ashaCutoff(reached(others, rung), { step: rung, eta, direction });
    const stopped = stops.has(keyOf({ trial, attempt, step: rung }));
    made.push({ trial, attempt, rung, value: record.value, cutoff, stopped });
  }
  return made
    .filter(({ trial, attempt }) => table.trials[trial]?.attempt === attempt)
    .map(({ attempt: _, ...decision }) => decision);
}

function tableOf(records: readonly JournalRecord[]): TrialTable {
  const table = new TrialTable();
  for (const record of records) table.apply(record);
  return table;
}

/** The rung that the latest report of this start came to; undefined if none, or if the report was ignored. */
function rungOf(trial: TrialRecord | undefined, attempt: number, pruner: Pruner): number | undefined {
  if (!trial || trial.attempt !== attempt || trial.state !== "running") return undefined;
  return pruner.decisionStep(trial.intermediate);
}

function reached(trials: readonly TrialRecord[], rung: number): Reports[] {
  return trials.flatMap(({ intermediate }) => {
    const reports = reportsUpTo(intermediate, rung);
    return reports ? [reports] : [];
  });
}

function keyOf({ trial, attempt, step }: { trial: number; attempt: number; step: number }): string {
  return `${trial} ${attempt} ${step}`;
}
