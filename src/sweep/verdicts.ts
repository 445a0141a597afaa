/**
 * Decides after a trial's report whether the trial goes on.
 *
 * Invariant, when repeatable: the decision of trial n sees the reports of the trials below n, all of them up to the
 * deciding step, and waits until they are there. So it depends on the objective's values, not on who was faster.
 * First-come: it sees what is known at that moment.
 */
import type { Clock } from "../base/clock.js";
import type { Pruner } from "./pruners/pruner.js";
import { allReached, reportsUpTo } from "./reportsUpTo.js";
import type { Direction, TrialRecord } from "./trialRecord.js";
import type { TrialTable } from "./trialTable.js";

export interface VerdictOptions {
  readonly pruner: Pruner;
  readonly direction: Direction;
  readonly repeatable: boolean;
  readonly clock: Clock;
}

interface Waiter {
  readonly trial: number;
  readonly step: number;
  readonly resolve: () => void;
}

export class Verdicts {
  /** Seconds that trials waited for those below them. */
  waited = 0;
  private readonly waiting = new Set<Waiter>();
  private stopped = false;

  constructor(
    private readonly table: TrialTable,
    private readonly options: VerdictOptions,
  ) {}

  /** The step at which the latest report says that the trial should stop; undefined when it goes on. */
  async prunedAt(number: number): Promise<number | undefined> {
    const { pruner, direction, repeatable } = this.options;
    const { intermediate } = this.table.trials[number] as TrialRecord;
    const step = pruner.decisionStep(intermediate);
    if (step === undefined) return undefined;
    const reports = intermediate.slice();
    if (repeatable) await this.lowerTrialsReach(number, step);
    if (this.stopped && repeatable) return undefined;
    const others = this.table.trials
      .filter((trial) => (repeatable ? trial.number < number : trial.number !== number))
      .map((trial) => reportsUpTo(trial.intermediate, step))
      .filter((other) => other !== undefined);
    return pruner.shouldPrune({ step, reports, others, direction }) ? step : undefined;
  }

  /** To be told when the table changed: who waited for that goes on. */
  changed(): void {
    for (const waiter of this.waiting)
      if (this.lowerReached(waiter.trial, waiter.step)) {
        this.waiting.delete(waiter);
        waiter.resolve();
      }
  }

  /** Nobody waits from now on; trials whose verdict would have needed it go on. */
  stop(): void {
    this.stopped = true;
    for (const waiter of this.waiting) waiter.resolve();
    this.waiting.clear();
  }

  private async lowerTrialsReach(trial: number, step: number): Promise<void> {
    if (this.lowerReached(trial, step) || this.stopped) return;
    const { clock } = this.options;
    const from = clock.wallTime();
    await new Promise<void>((resolve) => this.waiting.add({ trial, step, resolve }));
    this.waited += clock.wallTime() - from;
  }

  private lowerReached(number: number, step: number): boolean {
    return allReached(this.table.trials.slice(this.table.firstUnfinished, number), step);
  }
}
