import { Interrupted, MetricMissing } from "./base/errors.js";
import type { MimeBundle } from "./base/host.js";
import { inspectInstances } from "./base/inspection.js";
import { bestOf, type Direction, directionOf, isBetter } from "./base/metric.js";
import { didYouMean } from "./base/nearestName.js";
import { textTable } from "./base/table.js";
import { type Diagnosis, diagnose } from "./doctor/index.js";
import { type Fix, type FixOptions, patchedFix, type Repeatable } from "./fix/index.js";
import { readRun } from "./track/index.js";
import type { History } from "./train/history.js";
import type { CaptureCost } from "./train/seams.js";

export interface FitRunFacts {
  readonly name: string;
  /** Undefined when the training was not recorded. */
  readonly recorded: { readonly id: string; readonly dir: string } | undefined;
  readonly history: History;
  readonly status: "finished" | "failed" | "interrupted";
  /** Why it ended before the last epoch; undefined if it did not. */
  readonly stopReason: string | undefined;
  readonly steps: number;
  readonly seconds: number;
  readonly captures: readonly CaptureCost[];
  /** Undefined of one that cannot be done again. */
  readonly repeatable?: Repeatable;
}

/**
 * What `fit` returns: what was measured, and where it lies.
 *
 * Invariant: `history` has one entry a finished epoch in every series that was measured.
 */
export class FitRun {
  readonly #facts: FitRunFacts;
  #repeatable: Repeatable | undefined;

  constructor({ repeatable, ...facts }: FitRunFacts) {
    this.#facts = facts;
    this.#repeatable = repeatable;
  }

  get name(): string {
    return this.#facts.name;
  }

  /** Eight letters and digits; undefined with `track: false`. */
  get id(): string | undefined {
    return this.#facts.recorded?.id;
  }

  /** The run's folder; undefined with `track: false`. */
  get dir(): string | undefined {
    return this.#facts.recorded?.dir;
  }

  get history(): History {
    return this.#facts.history;
  }

  /** `failed`: the loss became NaN or infinite. */
  get status(): FitRunFacts["status"] {
    return this.#facts.status;
  }

  /** Why it ended before the last epoch; undefined if it did not. */
  get stopReason(): string | undefined {
    return this.#facts.stopReason;
  }

  /** Number of epochs that were trained. */
  get epochs(): number {
    return this.history.loss.length;
  }

  /** Number of steps that were taken. */
  get steps(): number {
    return this.#facts.steps;
  }

  /** Wall time of the training. */
  get seconds(): number {
    return this.#facts.seconds;
  }

  /**
   * What captures cost that this training made, in the order of their first ones: together for each kind of step and each
   * size of a batch, a smaller last one included; none where a training of an equal model made them before in this process.
   */
  get captures(): readonly CaptureCost[] {
    return this.#facts.captures;
  }

  /** Milliseconds of all captures with their first runs: what steps cost beside what they compute. */
  get captureMilliseconds(): number {
    return this.captures.reduce((sum, { tracing, firstRun = 0 }) => sum + tracing + firstRun, 0);
  }

  /**
   * The best value of a series of the history; NaN if it holds no number.
   *
   * @throws RangeError if nothing was measured under that name, or which way is better is not known.
   * @example run.best("valAccuracy"); run.best("cost", { direction: "min" });
   */
  best(metric: string, options: { readonly direction?: Direction } = {}): number {
    return bestOf(this.#series(metric), directionOf(metric, options.direction));
  }

  /** The epoch, from 1, of the best value; 0 if the series holds no number. Throws as `best` does. */
  bestEpoch(metric: string, options: { readonly direction?: Direction } = {}): number {
    const direction = directionOf(metric, options.direction);
    let best = Number.NaN;
    return this.#series(metric).reduce((epoch, value, index) => {
      if (!isBetter(value, best, direction)) return epoch;
      best = value;
      return index + 1;
    }, 0);
  }

  /**
   * What is wrong with this training, if anything, and what to do about it.
   *
   * @throws TypeError if it was not recorded.
   */
  doctor(): Diagnosis {
    if (this.dir === undefined)
      throw new TypeError(`The doctor needs a recorded run; "${this.name}" was trained with track: false`);
    return diagnose(readRun(this.dir));
  }

  /** Whether `fix` can train it again. */
  get isRepeatable(): boolean {
    return this.#repeatable !== undefined;
  }

  /** Bytes of data and first weights that it holds for `fix`. */
  get heldBytes(): number {
    return this.#repeatable?.bytes ?? 0;
  }

  /** Lets go of them: from then on `fix` cannot train it again. */
  forget(): void {
    this.#repeatable = undefined;
  }

  /**
   * Tries what the doctor prescribes on copies of this training (same data, same seed), diagnoses each anew, and keeps the
   * best: up to four trainings, each a recorded part of this run. The model itself is left as it is. Callbacks decide what a
   * training does, so they are called in each copy too; one that throws costs that training, and the fix goes on.
   *
   * @throws TypeError if it was not recorded, was a trial's, a resumed one, itself a fix's, or lies too far back: data sets and
   * first weights are kept of the last four trainings, fewer where they are over 512 MB.
   * @throws RangeError for a number of attempts that is none.
   * @throws FixInterrupted if the person interrupts; its `fix` is what was found until then.
   * @example const fix = await run.fix(); fix.cured; fix.applied.map(({ code }) => code);
   */
  fix(options: FixOptions = {}): Promise<Fix> {
    const repeatable = this.#repeatable;
    if (!repeatable)
      throw new TypeError(
        `A fix needs a training that can be repeated; "${this.name}" was not recorded, a sweep's trial, resumed, part of a fix, or is none of the last few of this process`,
      );
    return patchedFix(repeatable, options);
  }

  /** One line of what came out, then the epochs. */
  toString(): string {
    const measured = Object.entries(this.history).filter(([, values]) => values.length > 0);
    const header = ["epoch", ...measured.map(([name]) => name)];
    const rows = Array.from({ length: this.epochs }, (_, index) => [
      index + 1,
      ...measured.map(([, values]) => values[index]?.toPrecision(4)),
    ]);
    const table = textTable({ header, rows, right: header }).split("\n");
    const shown = table.length > 13 ? [...table.slice(0, 7), "…", ...table.slice(-5)] : table;
    const end = this.stopReason === undefined ? "" : `; ${this.stopReason}`;
    return [
      `${this.name}: ${this.status} after ${epochsText(this.epochs)} in ${this.seconds.toFixed(1)} s${this.#capturesText()}${end}`,
      ...shown,
    ].join("\n");
  }

  #capturesText(): string {
    const made = this.captures.reduce((sum, { count }) => sum + count, 0);
    if (made === 0) return "";
    const seconds = (this.captureMilliseconds / 1000).toFixed(1);
    return `, ${seconds} s of it for ${made} capture${made === 1 ? "" : "s"}`;
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString() };
  }

  #series(metric: string): readonly number[] {
    const values = Object.hasOwn(this.history, metric) ? this.history[metric] : undefined;
    if (!values || (values.length === 0 && this.epochs > 0)) {
      const measured = Object.keys(this.history).filter((key) => this.history[key]?.length);
      throw new MetricMissing(
        `The best "${metric}" needs it to be measured; measured were ${measured.join(", ")}.${didYouMean(metric, measured)}`,
      );
    }
    return values;
  }
}

inspectInstances(FitRun);

/** `1 epoch`, `5 epochs`. */
export function epochsText(count: number): string {
  return `${count} epoch${count === 1 ? "" : "s"}`;
}

/** Thrown by `fit` when the person interrupted it. `run` is what was done until then; the model is trained so far. */
export class FitInterrupted extends Interrupted {
  constructor(
    message: string,
    readonly run: FitRun,
  ) {
    super(message);
  }
}
