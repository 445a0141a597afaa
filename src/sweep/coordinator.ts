/**
 * Owns a sweep: asks the sampler, hands trials to an engine, takes reports and results, writes the journal.
 *
 * Invariants:
 * - The journal says everything before it takes effect; a result counts once it is on the disk.
 * - Where it is repeatable, what is proposed (`proposals.ts`) and pruned (`verdicts.ts`) depends on the seed and the
 *   objective's values, not on who was faster; else `sees` in the journal tells how much was known.
 * - A trial that died is asked again with the same proposal and seed, before any new trial.
 */
import type { Clock } from "../base/clock.js";
import type { Engine } from "./engines/engine.js";
import type { Journal } from "./journal.js";
import type { JournalRecord } from "./journalRecord.js";
import { Proposals } from "./proposals.js";
import type { Pruner } from "./pruners/pruner.js";
import type { Sampler } from "./samplers/sampler.js";
import type { Parameters, Space } from "./space.js";
import type { TrialJob, TrialLink, TrialOutcome } from "./trialLink.js";
import { type Direction, isFinished, type TrialRecord } from "./trialRecord.js";
import { trialSeed } from "./trialSeed.js";
import { TrialTable } from "./trialTable.js";
import { Verdicts } from "./verdicts.js";

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
  endReason: EndReason | undefined;
  private readonly proposals: Proposals;
  private readonly verdicts: Verdicts;
  private readonly again: number[] = [];
  /** Seconds that workers stood idle so that the sweep repeats. */
  private idled = 0;
  private stopped = false;
  /** Why no trial can succeed, once one has shown it. */
  private hopeless: string | undefined;
  private deadline = Number.POSITIVE_INFINITY;

  constructor(
    private readonly options: CoordinatorOptions,
    private readonly journal: Journal,
    private readonly onChange: () => void = () => {},
  ) {
    this.proposals = new Proposals(this.table, options);
    this.verdicts = new Verdicts(this.table, options);
  }

  /** Seconds that workers stood idle, or trials waited for a verdict, so that the sweep repeats. */
  get waited(): number {
    return this.idled + this.verdicts.waited;
  }

  /** Takes over what an earlier coordinator wrote: finished trials stay, those that ran are run again. */
  resume(records: readonly JournalRecord[]): void {
    for (const record of records) this.table.apply(record);
    this.proposals.resume();
    for (const trial of this.table.trials) if (!isFinished(trial)) this.again.push(trial.number);
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
        this.idled += idle * (this.now() - from);
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
    this.verdicts.stop();
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
    const proposal = this.proposals.next(number);
    if (proposal === "exhausted") return this.end("exhausted");
    return proposal === "wait" ? "wait" : this.start(number, 1, proposal);
  }

  private end(reason: EndReason): "done" {
    this.endReason ??= reason;
    return "done";
  }

  private start(number: number, attempt: number, proposal: Parameters): TrialJob {
    const { seed, sampler, metric, direction, name, space } = this.options;
    const { sees } = this.proposals;
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
        return this.judge(job);
      },
    };
  }

  private async judge({ number, attempt }: TrialJob): Promise<boolean> {
    const step = await this.verdicts.prunedAt(number);
    if (step === undefined) return false;
    this.write({ type: "prune", trial: number, attempt, step });
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
      this.proposals.ended(job.number);
      this.changed();
      if ("missing" in outcome && outcome.missing !== undefined) this.giveUp(outcome.missing);
    }
  }

  /** One trial that reached the metric shows that the others can. */
  private giveUp(why: string): void {
    if (this.table.trials.some(({ state }) => state === "complete" || state === "pruned")) return;
    this.hopeless = why;
    this.stop("failed");
  }

  /** Journal first, then the state. */
  private write(record: JournalRecord, apply = true): void {
    this.journal.append(record);
    if (!apply) return;
    this.table.apply(record);
    this.changed();
  }

  private changed(): void {
    this.verdicts.changed();
    this.onChange();
  }

  private now(): number {
    return this.options.clock.wallTime();
  }
}
