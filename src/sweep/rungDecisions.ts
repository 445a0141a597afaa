/** What a sweep's successive halving decided at each rung, from its journal. */
import type { JournalRecord } from "./journalRecord.js";
import type { RungLadder } from "./pruners/asha.js";
import { prunerNamed } from "./pruners/named.js";
import type { Pruner } from "./pruners/pruner.js";
import { ReachedRungs } from "./reachedRungs.js";
import type { SweepRecord } from "./sweepRecord.js";
import type { TrialRecord } from "./trialRecord.js";
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
  const reached = () => new ReachedRungs(pruner.options as unknown as RungLadder, direction);
  const { decisions, table } = replayed(records, pruner, reached());
  const made = decisions.filter(({ trial, attempt }) => table.trials[trial]?.attempt === attempt);
  const cutoffs = repeatable ? cutoffsOfLower(made, table.trials, reached()) : undefined;
  return made.map(({ attempt: _, ...decision }, i) => ({
    ...decision,
    cutoff: cutoffs?.[i] ?? decision.cutoff,
  }));
}

type Attempted = RungDecision & { readonly attempt: number };

/** Each decision, held to what the journal had told of the other trials by then, and the trials at its end. */
function replayed(
  records: readonly JournalRecord[],
  pruner: Pruner,
  reached: ReachedRungs,
): { decisions: Attempted[]; table: TrialTable } {
  const stops = new Set(records.flatMap((record) => (record.type === "prune" ? [keyOf(record)] : [])));
  const table = new TrialTable();
  const decisions: Attempted[] = [];
  for (const record of records) {
    const before = "trial" in record ? table.trials[record.trial] : undefined;
    table.apply(record);
    if (before && before !== table.trials[before.number]) reached.forget(before.number);
    if (record.type !== "report" || !isTaken(table.trials[record.trial], record.attempt)) continue;
    const { trial, attempt, step, value } = record;
    reached.report(trial, step, value);
    const rung = pruner.decisionStep((table.trials[trial] as TrialRecord).intermediate);
    if (rung === undefined) continue;
    const cutoff = reached.cutoff(trial, rung);
    decisions.push({
      trial,
      attempt,
      rung,
      value,
      cutoff,
      stopped: stops.has(keyOf({ trial, attempt, step: rung })),
    });
  }
  return { decisions, table };
}

/** Each decision, held to all that the trials of lower numbers reported. */
function cutoffsOfLower(
  decisions: readonly Attempted[],
  trials: readonly TrialRecord[],
  reached: ReachedRungs,
): number[] {
  const cutoffs: number[] = [];
  let next = 0;
  const byTrial = [...decisions.entries()].sort(([, a], [, b]) => a.trial - b.trial);
  for (const [i, { trial, rung }] of byTrial) {
    for (; next < trial; next++)
      for (const [step, value] of trials[next]?.intermediate ?? []) reached.report(next, step, value);
    cutoffs[i] = reached.cutoff(trial, rung);
  }
  return cutoffs;
}

/** Whether a report is of the trial's latest start and came before its end. */
function isTaken(trial: TrialRecord | undefined, attempt: number): boolean {
  return trial?.attempt === attempt && trial.state === "running";
}

function keyOf({ trial, attempt, step }: { trial: number; attempt: number; step: number }): string {
  return `${trial} ${attempt} ${step}`;
}
