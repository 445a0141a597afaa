/**
 * Whether some steps on one batch make its loss fall: 40 at a training's own rate, then at 10, 0.1 and 100 times it, from the same
 * beginning each, since a rate that is too low or too high is no fault of model, loss and data. Where none of them helps 1,000 are taken
 * at its own rate, as many as TheDeepChecker (TOSEM 2023) takes: a layer of sigmoids may stay at the constant answer for hundreds.
 */
import { mean } from "../base/mean.js";
import { targetColumns } from "../data/targetColumns.js";
import type { Batch } from "./batch.js";
import { constantLoss } from "./constantLoss.js";
import { type Head, headLossName } from "./heads.js";
import { Recorder } from "./recorder.js";
import type { StepResult, TrackerSeam, TrainingStep } from "./seams.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** Factors of the training's rate, in the order in which they are tried. */
const rateFactors = [1, 10, 0.1, 100] as const;
const stepsATry = 40;
const stepsAtLast = 1000;
/** The first steps are measured: as many as the doctor's rule on dead layers asks for. */
const sampledSteps = 3;
/** The mean of so many steps is the loss at the end of a try. */
const lastSteps = 5;
/** Loss, as a share of the lower of the first and the constant answer's, at which a batch counts as learnt. */
const fallen = 0.9;
/** The same share of the constant answer's at which a model knew the batch already. */
const known = 0.5;

export interface OutputStart {
  readonly name: string;
  readonly loss: string;
  readonly classes: number | undefined;
  /** Mean over the batch in training mode, before the first update; of the library's losses without penalties. */
  readonly value: number;
}

export interface Try {
  readonly learningRate: number;
  readonly steps: number;
  /** Mean of its last steps; NaN or infinite if it came to that. */
  readonly loss: number;
}

export interface BatchTries {
  readonly rows: number;
  /** In the order of the model's outputs. */
  readonly outputs: readonly OutputStart[];
  /** The loss of the first step, of several outputs their weighted sum. */
  readonly first: number;
  /** What always giving the same answer would lose at best; undefined beside a person's own loss. */
  readonly constant: number | undefined;
  readonly tries: readonly Try[];
  /** The loss fell clearly, or was low from the beginning. */
  readonly isLearnt: boolean;
  /** Time was over, or the person's patience, before all was tried. */
  readonly isCut: boolean;
  /** What the first steps measured, by the tags of a run: one value a step. */
  readonly measured: ReadonlyMap<string, readonly number[]>;
}

export interface BatchTriesOf {
  readonly plan: TrainingPlan;
  readonly heads: readonly Head[];
  /** Of the outputs' losses, by their names. Default: 1. */
  readonly lossWeights?: Readonly<Record<string, number>> | undefined;
  readonly labelSmoothing?: number | undefined;
  readonly batch: Batch;
  /** Places of the batch's rows in the training split. */
  readonly rows: Int32Array;
  /** Whether a step that takes so many milliseconds is to be begun. */
  readonly goesOn: (milliseconds: number) => boolean;
  /** Milliseconds, by which steps are measured. */
  readonly now: () => number;
  /** Milliseconds that a step may take that was captured before. */
  readonly usual: number;
  /** Gives the event loop a turn now and then. */
  readonly breathe?: () => Promise<void> | undefined;
}

/** @param step at its beginning; it has taken steps afterwards */
export async function batchTries(step: TrainingStep<Batch>, of: BatchTriesOf): Promise<BatchTries> {
  const tries = new Tries(step, of);
  await tries.all();
  return tries.result();
}

/** Invariant: `first` and `outputs` are of the very first step. */
class Tries {
  readonly #step: TrainingStep<Batch>;
  readonly #of: BatchTriesOf;
  readonly #constant: number | undefined;
  readonly #measured = new Map<string, number[]>();
  readonly #recorder = new Recorder(collector(this.#measured));
  readonly #done: Try[] = [];
  #outputs: readonly OutputStart[] = [];
  #first = Number.NaN;
  #isLearnt = false;
  #isCut = false;
  /** Milliseconds that the steps of each kind took; the first one of each is captured. */
  readonly #took = { sampled: [] as number[], plain: [] as number[] };

  constructor(step: TrainingStep<Batch>, of: BatchTriesOf) {
    this.#step = step;
    this.#of = of;
    this.#constant = constantOf(of);
  }

  async all(): Promise<void> {
    const saved = this.#step.save();
    const { learningRate } = this.#of.plan;
    const tries = [
      ...rateFactors.map((factor) => ({ rate: factor * learningRate, most: stepsATry })),
      { rate: learningRate, most: stepsAtLast },
    ];
    for (const { rate, most } of tries) {
      if (this.#done.length > 0) this.#step.restore(saved);
      this.#done.push(await this.#try(rate, most));
      if (this.#isLearnt || this.#isCut || !Number.isFinite(this.#first)) return;
    }
  }

  result(): BatchTries {
    return {
      rows: this.#of.rows.length,
      outputs: this.#outputs,
      first: this.#first,
      constant: this.#constant,
      tries: this.#done,
      isLearnt: this.#isLearnt,
      isCut: this.#isCut,
      measured: this.#measured,
    };
  }

  async #try(learningRate: number, most: number): Promise<Try> {
    const losses: number[] = [];
    while (losses.length < most && !this.#isLearnt) {
      await this.#of.breathe?.();
      const kind = this.#done.length > 0 || losses.length >= sampledSteps ? "plain" : "sampled";
      this.#isCut = !this.#of.goesOn(this.#expected(kind));
      if (this.#isCut) break;
      const begin = this.#of.now();
      const loss = await this.#take(losses.length, learningRate, kind);
      this.#took[kind].push(this.#of.now() - begin);
      losses.push(loss);
      if (!Number.isFinite(loss)) break;
      this.#isLearnt = this.#hasLearnt(losses);
    }
    const last = losses.at(-1) ?? Number.NaN;
    const loss = Number.isFinite(last) ? mean(losses.slice(-lastSteps)) : last;
    return { learningRate, steps: losses.length, loss };
  }

  /** As long as the last of its kind; the first of a kind is captured, as the very first was. */
  #expected(kind: "sampled" | "plain"): number {
    const taken = this.#took[kind];
    const last = taken.at(-1);
    if (last === undefined) return this.#took.sampled[0] ?? 0;
    return taken.length === 1 ? Math.min(last, this.#of.usual) : last;
  }

  async #take(taken: number, learningRate: number, kind: "sampled" | "plain"): Promise<number> {
    const { batch } = this.#of;
    const options = { learningRate, seed: taken };
    if (kind === "plain") return lossOf(await this.#step.run(batch, options), this.#of);
    const { statistics, ...result } = await this.#step.runSampled(batch, options);
    this.#recorder.step(taken, { result, statistics, isSkipped: false }, learningRate);
    const loss = lossOf(result, this.#of);
    if (taken === 0) {
      this.#first = loss;
      this.#outputs = startsOf(result, this.#of);
    }
    return loss;
  }

  /** Not before all that is measured is. */
  #hasLearnt(losses: readonly number[]): boolean {
    const constant = this.#constant ?? Number.NaN;
    if (losses.length >= sampledSteps && this.#first <= known * constant) return true;
    const low = Math.min(this.#first, this.#constant ?? this.#first);
    return losses.length > sampledSteps && mean(losses.slice(-3)) <= low - (1 - fallen) * Math.abs(low);
  }
}

/** The values of each tag, one a step. */
function collector(measured: Map<string, number[]>): TrackerSeam {
  return {
    log(values) {
      for (const [tag, value] of Object.entries(values))
        measured.set(tag, [...(measured.get(tag) ?? []), value]);
    },
    histograms: () => {},
  };
}

/** Of one output what its rows lose, where the step says it, since the loss itself has penalties in it. */
function lossOf(result: StepResult, { heads, lossWeights, rows }: BatchTriesOf): number {
  if (heads.length === 1) {
    if (!result.rows) return result.loss;
    const { values, from } = result.rows;
    return mean(values.subarray(from, from + rows.length));
  }
  return heads.reduce(
    (sum, head) => sum + weightOf(head, lossWeights) * (result.metrics[headLossName(head)] ?? Number.NaN),
    0,
  );
}

function weightOf({ name }: Head, lossWeights: BatchTriesOf["lossWeights"]): number {
  return lossWeights?.[name] ?? 1;
}

function startsOf(result: StepResult, of: BatchTriesOf): OutputStart[] {
  const { train, dataset } = of.plan;
  const targets = targetColumns(train, dataset.classes);
  return of.heads.map((head, k) => ({
    name: head.name,
    loss: head.loss.name,
    classes: targets[k]?.classes,
    value: of.heads.length === 1 ? lossOf(result, of) : (result.metrics[headLossName(head)] ?? Number.NaN),
  }));
}

function constantOf({
  plan,
  heads,
  lossWeights,
  labelSmoothing = 0,
  rows,
}: BatchTriesOf): number | undefined {
  const targets = targetColumns(plan.train, plan.dataset.classes);
  let sum = 0;
  for (const [k, head] of heads.entries()) {
    const target = targets[k];
    const loss = target && constantLoss(head.loss, { target, rows, smoothing: labelSmoothing });
    if (loss === undefined) return undefined;
    sum += weightOf(head, lossWeights) * loss;
  }
  return sum;
}
