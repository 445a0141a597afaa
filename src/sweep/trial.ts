/** One trial, as its objective sees it. */
import type { Run } from "../track/index.js";
import { openRun } from "../track/index.js";
import type { TrialSeam } from "../train/seams.js";
import {
  type Choice,
  categoricalDistribution,
  contains,
  type Distribution,
  floatDistribution,
  intDistribution,
  type NumericOptions,
  type ParameterValue,
  sameDistribution,
  valueAt,
} from "./distribution.js";
import { refuseContinuous } from "./samplers/grid.js";
import type { Suggester } from "./suggester.js";
import type { TrialJob, TrialLink } from "./trialLink.js";
import { type Direction, isBetter } from "./trialRecord.js";
import { drawParameter } from "./trialSeed.js";

/**
 * Suggests parameter values, takes reports, knows whether to stop.
 *
 * Invariants: a name keeps its value and its definition for the whole trial; the steps of reports rise; once
 * `shouldPrune()` has answered true the trial is pruned, whatever the objective does afterwards.
 *
 * @example
 * async (trial) => {
 *   const lr = trial.suggestFloat("lr", 1e-4, 1e-1, { log: true });
 *   const run = await fit(model(lr), mnist, { epochs: 5, trial });
 *   return run.best("valAccuracy");
 * }
 */
export class Trial implements TrialSeam, Suggester {
  readonly #job: TrialJob;
  readonly #link: TrialLink;
  readonly #params: Record<string, ParameterValue> = {};
  readonly #distributions: Record<string, Distribution> = {};
  readonly #reports: [number, number][] = [];
  #verdict: Promise<boolean> = Promise.resolve(false);
  #pruned = false;
  #run: Run | undefined;
  #signalAsked = false;

  constructor(
    job: TrialJob,
    link: TrialLink,
    /** `signal` for the library itself: reading it does not make the trial one that looks out for the abort. */
    readonly interruption: AbortSignal,
  ) {
    this.#job = job;
    this.#link = link;
    for (const [name, distribution] of Object.entries(job.space ?? {})) this.#suggest(name, distribution);
  }

  /**
   * Aborted when the trial should end now: the person interrupted the sweep, or its time is up.
   *
   * An objective that has asked for it may have cut its work short, which nobody can see from the value it returns. So
   * once the signal is aborted such a trial counts as interrupted whatever it returns, and a resume runs it again; the
   * same holds when a training (`fit`) of the trial was interrupted. Any other value that is returned counts.
   */
  get signal(): AbortSignal {
    this.#signalAsked = true;
    return this.interruption;
  }

  /** Whether the objective has asked for the signal. */
  get signalAsked(): boolean {
    return this.#signalAsked;
  }

  /** From 0, in the order in which the sweep asked. */
  get number(): number {
    return this.#job.number;
  }

  /** An integer that depends on the sweep's seed and this trial's number only. */
  get seed(): number {
    return this.#job.seed;
  }

  /** The metric the sweep looks at, such as `valAccuracy`; undefined when the returned value counts. */
  get metric(): string | undefined {
    return this.#job.metric;
  }

  get direction(): Direction {
    return this.#job.direction;
  }

  /** The values suggested so far; with a declared space all of them from the start. */
  get params(): Readonly<Record<string, ParameterValue>> {
    return { ...this.#params };
  }

  /** True once `shouldPrune()` has said so. */
  get pruned(): boolean {
    return this.#pruned;
  }

  /** Reports made so far, oldest first. */
  get intermediate(): readonly (readonly [step: number, value: number])[] {
    return this.#reports;
  }

  /** The tracker's run of this trial; opened on first use, closed when the trial ends. */
  get run(): Run {
    this.#run ??= this.#openRun();
    return this.#run;
  }

  /** The run if something has opened it. */
  get openedRun(): Run | undefined {
    return this.#run;
  }

  #openRun(): Run {
    const run = openRun({
      name: this.#job.runName,
      group: this.#job.sweep,
      config: this.params,
      seed: this.seed,
    });
    this.#link.runOpened(run.dir);
    return run;
  }

  /** A real number in [low, high]; with `log` uniform in the logarithm, with `step` on the points low + i·step. */
  suggestFloat(name: string, low: number, high: number, options: NumericOptions = {}): number {
    return this.#suggest(name, floatDistribution(name, [low, high], options)) as number;
  }

  /** A whole number in [low, high]. */
  suggestInt(name: string, low: number, high: number, options: NumericOptions = {}): number {
    return this.#suggest(name, intDistribution(name, [low, high], options)) as number;
  }

  /** One of the choices: text, numbers, true, false or null. */
  suggestCategorical<const T extends Choice>(name: string, choices: readonly T[]): T {
    return this.#suggest(name, categoricalDistribution(name, choices)) as T;
  }

  #suggest(name: string, distribution: Distribution): ParameterValue {
    const known = this.#distributions[name];
    if (known) {
      if (!sameDistribution(known, distribution))
        throw new RangeError(
          `parameter "${name}" keeps its definition within a trial; it was given another one`,
        );
      return this.#params[name] as ParameterValue;
    }
    const value = this.#choose(name, distribution);
    this.#distributions[name] = distribution;
    this.#params[name] = value;
    this.#link.suggested(name, distribution, value);
    return value;
  }

  #choose(name: string, distribution: Distribution): ParameterValue {
    const proposed = this.#job.proposal[name];
    if (proposed !== undefined && contains(distribution, proposed)) return proposed;
    if (this.#job.missing === "draw") return drawParameter({ name, distribution }, this.#job.seed);
    refuseContinuous(name, distribution);
    return valueAt(distribution, 0);
  }

  /**
   * Tells how the trial stands, so that it can be pruned and drawn.
   *
   * @param step a whole number of 0 or more, larger than that of the report before.
   */
  report(value: number, step: number): void {
    if (typeof value !== "number")
      throw new TypeError(`report needs a number; it was given ${String(value)}`);
    const last = this.#reports.at(-1)?.[0] ?? -1;
    if (!Number.isSafeInteger(step) || step <= last)
      throw new RangeError(`report needs whole steps that rise, here above ${last}; it was given ${step}`);
    this.#reports.push([step, value]);
    const answer = this.#link.report(step, value);
    this.#verdict = Promise.all([this.#verdict, answer]).then(([before, now]) => before || now);
    // Whoever never asks must not be ended by a broken connection.
    this.#verdict.catch(() => {});
  }

  /**
   * True once the pruner decided that this trial should stop: `if (await trial.shouldPrune()) throw new TrialPruned()`.
   * In a repeatable sweep the answer may have to wait for trials of lower number.
   */
  async shouldPrune(): Promise<boolean> {
    if (await this.#verdict) this.#pruned = true;
    return this.#pruned;
  }

  /** The best report, of NaN the last. Undefined before the first. */
  bestReport(): number | undefined {
    let best: number | undefined;
    for (const [, value] of this.#reports)
      if (best === undefined || isBetter(value, best, this.direction)) best = value;
    return best;
  }
}
