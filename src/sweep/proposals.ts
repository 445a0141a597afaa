/**
 * What the sampler proposes for the trials of a sweep, and what it may know then.
 *
 * Invariants:
 * - Repeatable: for trial n the sampler sees exactly the trials below n − window + 1 (more only where it answered
 *   "wait", then one by one in order of numbers), and the proposals of those above. So what it proposes depends on the
 *   seed and the objective's values, not on who was faster.
 * - First-come: it sees what is known at that moment.
 */
import { Observations } from "./observations.js";
import type { Sampler } from "./samplers/sampler.js";
import type { Parameters, Space } from "./space.js";
import { type Direction, isFinished, type TrialRecord } from "./trialRecord.js";
import type { TrialTable } from "./trialTable.js";

export interface ProposalOptions {
  readonly sampler: Sampler;
  readonly seed: number;
  readonly direction: Direction;
  readonly space: Space | undefined;
  readonly window: number;
  readonly repeatable: boolean;
}

export class Proposals {
  private readonly observations: Observations;

  constructor(
    private readonly table: TrialTable,
    private readonly options: ProposalOptions,
  ) {
    this.observations = new Observations(options);
  }

  /** How many finished trials the sampler has seen. */
  get sees(): number {
    return this.observations.count;
  }

  /** Shows the sampler what it had seen when the table's last record was written. */
  resume(): void {
    const { trials, told, sees } = this.table;
    const order = this.options.repeatable
      ? trials.slice(0, sees)
      : told.map((number) => trials[number] as TrialRecord);
    for (const trial of order) this.observations.observe(trial);
  }

  /** To be told of each trial that ends. */
  ended(number: number): void {
    const trial = this.table.trials[number] as TrialRecord;
    if (!this.options.repeatable && isFinished(trial)) this.observations.observe(trial);
  }

  /** For the trial of a number that was not asked for before; `wait` when it depends on one that runs. */
  next(number: number): Parameters | "wait" | "exhausted" {
    const { sampler, repeatable, window } = this.options;
    if (repeatable) while (this.sees <= number - window) if (!this.observeNext()) return "wait";
    for (;;) {
      const proposal = sampler.propose(this.observations.view(this.running(number)), number);
      if (proposal !== "wait" || !repeatable || !this.observeNext()) return proposal;
    }
  }

  /** Repeatable: shows the sampler the next trial in order of numbers, if it is finished. */
  private observeNext(): boolean {
    const next = this.table.trials[this.sees];
    if (!next || !isFinished(next)) return false;
    this.observations.observe(next);
    return true;
  }

  private running(number: number): Parameters[] {
    const { trials, firstUnfinished } = this.table;
    if (this.options.repeatable) return trials.slice(this.sees, number).map(({ proposal }) => proposal);
    return trials
      .slice(firstUnfinished)
      .filter((trial) => !isFinished(trial))
      .map(({ proposal, params }) => ({ ...proposal, ...params }));
  }
}
