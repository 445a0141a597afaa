/**
 * Owns a sweep: asks the sampler, hands trials to an engine, takes reports and results, writes the journal.
 *
 * Invariants:
 * - The journal says everything before it takes effect; a result counts once it is on the disk.
 * - Repeatable: the sampler sees, for trial n, exactly the trials below n − window + 1 (more only where it answered
 *   "wait", then one by one in order of numbers), and the proposals of those above; a pruning decision of trial n
 *   sees the reports of trials below n, all of them up to the deciding step. So proposals and prunings depend on the
 *   seed and the objective's values, not on who was faster.
 * - First-come: both see what is known at that moment; `sees` in the journal tells how much that was.
 * - A trial that died is asked again with the same proposal and seed, before any new trial.
 */
import type { Clock } from "../base/clock.js";
import type { Engine } from "./engines/engine.js";
import type { Journal } from "./journal.js";
import { type JournalRecord, TrialTable } from "./journalRecord.js";
import { Observations } from "./observations.js";
import type { Pruner } from "./pruners/pruner.js";
import type { Sampler } from "./samplers/sampler.js";
import type { Parameters, Space } from "./space.js";
import type { TrialJob, TrialLink, TrialOutcome } from "./trialLink.js";
import { type Direction, isFinished, type Reports, type TrialRecord } from "./trialRecord.js";
import { trialSeed } from "./trialSeed.js";

export interface CoordinatorOptions {
  readonly name: string;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly direction: Direction;
  readonly metric: string | undefined;
  readonly seed: number;
  readonly space: Space | undefined;
  /** How many trials in all; Infinity for no limit. */
  readonly trials: number;
  /** Seconds after which no new trial starts; Infinity for no limit. */
  readonly timeout: number;
  /** How many trials may overlap: P of the repeatable rule. */
  readonly window: number;
  readonly repeatable: boolean;
  /** Starts of a trial beyond the first when its worker dies. */
  readonly retries: number;
  readonly clock: Clock;
}

export type EndReason = "trials" | "exhausted" | "timeout" | "interrupted" | "failed";

export class Coordinator {
  readonly table = new TrialTable();
  /** Seconds that workers stood idle, or trials waited for a verdict, so that the sweep repeats. */
  waited = 0;
  endReason: EndReason | undefined;
  private readonly observations: Observations;
  private readonly again: number[] = [];
  private readonly waiting = new Set<{ trial: number; step: number; resolve: () => void }>();
  /** Every trial below is finished. */
  private firstUnfinished = 0;
  private stopped = false;
  /** Why no trial can succeed, once one has shown it. */
  private hopeless: string | undefined;
  private deadline = Number.POSITIVE_INFINITY;

  constructor(
    private readonly options: CoordinatorOptions,
    private readonly journal: Journal,
    private readonly onChange: () => void = () => {},
  ) {
    this.observations = new Observations(options);
  }

  /** Takes over what an earlier coordinator wrote: finished trials stay, those that ran are run again. */
  resume(records: readonly JournalRecord[]): void {
    for (const record of records) this.table.apply(record);
    const { trials, told, sees } = this.table;
    const order = this.options.repeatable
      ? trials.slice(0, sees)
      : told.map((number) => trials[number] as TrialRecord);
    for (const trial of order) this.observations.observe(trial);
    for (const trial of trials) if (!isFinished(trial)) this.again.push(trial.number);
    this.passFinished();
  }

  /**
   * Runs trials until there is nothing left to do. Rejects when the engine cannot start, the sampler throws, or a first
   * trial shows that nobody measures the metric.
   */
  async run(engine: Engine, signal: AbortSignal): Promise<void> {
    const parallel = Math.min(engine.workers, this.options.window);
    this.deadline = this.now() + this.options.timeout;
    let endStart = () => {};
    const cut = new Promise<void>((resolve) => {
      endStart = resolve;
    });
    const onAbort = () => {
      this.stop("interrupted");
      endStart();
    };
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort);
    const running = new Set<Promise<void>>();
    try {
      // An interrupt does not wait until every worker is ready; `engine.stop` below ends those that start.
      if (!this.stopped) await Promise.race([engine.start(), cut]);
      for (;;) {
        const asked = this.fill(engine, { signal, running, parallel });
        if (running.size === 0) {
          if (asked === "wait") throw new Error("the sampler waits although no trial runs");
          return;
        }
        const from = this.now();
        const idle = asked === "wait" && this.options.repeatable ? parallel - running.size : 0;
        await Promise.race(running);
        if (this.hopeless !== undefined) throw new RangeError(this.hopeless);
        this.waited += idle * (this.now() - from);
      }
    } finally {
      this.stop(this.endReason ?? "interrupted");
      signal.removeEventListener("abort", onAbort);
      await engine.stop();
      await Promise.allSettled(running);
    }
  }

  /** Starts trials while there is room. */
  private fill(
    engine: Engine,
    { signal, running, parallel }: { signal: AbortSignal; running: Set<Promise<void>>; parallel: number },
  ): "full" | "wait" | "done" {
    while (running.size < parallel) {
      const job = this.ask();
      if (job === "wait" || job === "done") return job;
      const attempt = this.runTrial(job, engine, signal).finally(() => running.delete(attempt));
      // A failure to write the journal ends the sweep through the race, not as an unhandled rejection.
      attempt.catch(() => {});
      running.add(attempt);
    }
    return "full";
  }

  private async runTrial(job: TrialJob, engine: Engine, signal: AbortSignal): Promise<void> {
    const ofTrial = { trial: job.number, attempt: job.attempt };
    const outcome = await engine.run({
      job,
      link: this.link(job),
      signal,
      started: (worker) => this.write({ type: "start", ...ofTrial, worker }),
    });
    await this.tell(job, outcome);
  }

  /** No new trial from now on. */
  stop(reason: EndReason): void {
    if (this.stopped) return;
    this.stopped = true;
    this.endReason = reason;
    for (const waiter of this.waiting) waiter.resolve();
    this.waiting.clear();
  }

  /** The next trial to run; `wait` when it depends on one that runs; `done` when there is none. */
  ask(): TrialJob | "wait" | "done" {
    if (this.stopped) return "done";
    const repeated = this.again.shift();
    if (repeated !== undefined) {
      const before = this.table.trials[repeated] as TrialRecord;
      return this.start(repeated, before.attempt + 1, before.proposal);
    }
    const number = this.table.trials.length;
    if (number >= this.options.trials) return this.end("trials");
    if (this.now() >= this.deadline) return this.end("timeout");
    if (this.options.repeatable)
      while (this.observations.count <= number - this.options.window) if (!this.observeNext()) return "wait";
    for (;;) {
      const proposal = this.options.sampler.propose(
        this.observations.view(this.runningProposals(number)),
        number,
      );
      if (proposal === "exhausted") return this.end("exhausted");
      if (proposal !== "wait") return this.start(number, 1, proposal);
      if (!this.options.repeatable || !this.observeNext()) return "wait";
    }
  }

  private end(reason: EndReason): "done" {
    this.endReason ??= reason;
    return "done";
  }

  /** Repeatable: shows the sampler the next trial in order of numbers, if it is finished. */
  private observeNext(): boolean {
    const next = this.table.trials[this.observations.count];
    if (!next || !isFinished(next)) return false;
    this.observations.observe(next);
    return true;
  }

  private runningProposals(number: number): Parameters[] {
    const { trials } = this.table;
    if (this.options.repeatable)
      return trials.slice(this.observations.count, number).map((trial) => trial.proposal);
    return trials
      .slice(this.firstUnfinished)
      .filter((trial) => !isFinished(trial))
      .map((trial) => ({ ...trial.proposal, ...trial.params }));
  }

  private start(number: number, attempt: number, proposal: Parameters): TrialJob {
    const { seed, sampler, metric, direction, name, space } = this.options;
    const sees = this.observations.count;
    this.write({ type: "ask", time: this.now(), trial: number, attempt, params: proposal, sees });
    return {
      number,
      attempt,
      proposal,
      seed: trialSeed(seed, number),
      missing: sampler.firstValues ? "first" : "draw",
      ...(metric === undefined ? {} : { metric }),
      direction,
      runName: `${name}-${number}`,
      sweep: name,
      ...(space ? { space } : {}),
    };
  }

  private link(job: TrialJob): TrialLink {
    const ofTrial = { trial: job.number, attempt: job.attempt };
    return {
      suggested: (name, distribution, value) =>
        this.write({ type: "param", ...ofTrial, name, distribution, value }),
      runOpened: (dir) => this.write({ type: "run", ...ofTrial, dir }),
      report: (step, value) => {
        this.write({ type: "report", ...ofTrial, time: this.now(), step, value });
        return this.judge(job.number, job.attempt);
      },
    };
  }

  /** The pruner's decision on the latest report. */
  private async judge(number: number, attempt: number): Promise<boolean> {
    const { pruner, direction, repeatable } = this.options;
    const { intermediate: reports } = this.table.trials[number] as TrialRecord;
    const step = pruner.decisionStep(reports);
    if (step === undefined) return false;
    const known = reports.slice();
    if (repeatable) await this.lowerTrialsReach(number, step);
    if (this.stopped && repeatable) return false;
    const others = this.table.trials
      .filter((trial) => (repeatable ? trial.number < number : trial.number !== number))
      .map((trial) => upTo(trial.intermediate, step))
      .filter((other) => other !== undefined);
    const prune = pruner.shouldPrune({ step, reports: known, others, direction });
    if (prune) this.write({ type: "prune", trial: number, attempt, step });
    return prune;
  }

  private async lowerTrialsReach(number: number, step: number): Promise<void> {
    if (this.allReached(number, step) || this.stopped) return;
    const from = this.now();
    await new Promise<void>((resolve) => this.waiting.add({ trial: number, step, resolve }));
    this.waited += this.now() - from;
  }

  private allReached(number: number, step: number): boolean {
    for (let i = this.firstUnfinished; i < number; i++) {
      const trial = this.table.trials[i] as TrialRecord;
      if (!isFinished(trial) && (trial.intermediate.at(-1)?.[0] ?? -1) < step) return false;
    }
    return true;
  }

  /** Takes the end of an attempt; resolves when it is on the disk. */
  async tell(job: TrialJob, outcome: TrialOutcome): Promise<void> {
    const ofTrial = { trial: job.number, attempt: job.attempt };
    const time = this.now();
    if (outcome.state === "died" && job.attempt <= this.options.retries) {
      this.write({ type: "lost", ...ofTrial, time, error: outcome.error });
      this.again.push(job.number);
      this.again.sort((a, b) => a - b);
    } else {
      const state = outcome.state === "died" ? "failed" : outcome.state;
      const value = "value" in outcome ? outcome.value : Number.NaN;
      const error = "error" in outcome ? { error: outcome.error } : {};
      this.write({ type: "tell", ...ofTrial, time, state, value, ...error }, false);
      await this.journal.sync();
      this.table.apply({ type: "tell", ...ofTrial, time, state, value, ...error });
      this.settled(job.number);
      if ("missing" in outcome && outcome.missing !== undefined) this.giveUp(outcome.missing);
    }
  }

  /** One trial that reached the metric shows that the others can. */
  private giveUp(why: string): void {
    if (this.table.trials.some(({ state }) => state === "complete" || state === "pruned")) return;
    this.hopeless = why;
    this.stop("failed");
  }

  private passFinished(): void {
    const { trials } = this.table;
    while (this.firstUnfinished < trials.length && isFinished(trials[this.firstUnfinished] as TrialRecord))
      this.firstUnfinished++;
  }

  private settled(number: number): void {
    const { trials } = this.table;
    this.passFinished();
    if (!this.options.repeatable && isFinished(trials[number] as TrialRecord))
      this.observations.observe(trials[number] as TrialRecord);
    this.changed();
  }

  /** Journal first, then the state. */
  private write(record: JournalRecord, apply = true): void {
    this.journal.append(record);
    if (!apply) return;
    this.table.apply(record);
    this.changed();
  }

  private changed(): void {
    for (const waiter of this.waiting)
      if (this.allReached(waiter.trial, waiter.step)) {
        this.waiting.delete(waiter);
        waiter.resolve();
      }
    this.onChange();
  }

  private now(): number {
    return this.options.clock.wallTime();
  }
}

/** Reports up to the first at or after `step`; undefined for a trial that did not get there. */
function upTo(reports: Reports, step: number): Reports | undefined {
  const end = reports.findIndex(([at]) => at >= step);
  return end < 0 ? undefined : reports.slice(0, end + 1);
}
