/** Turns batches into updates: one into one, or several that are added up. */
import { tf } from "../native/index.js";
import { type Batch, batchTensors, mapBatch } from "./batch.js";
import type { FedBatch } from "./deviceFeed.js";
import type { LossScale } from "./lossScale.js";
import type { SampledStatistics, StepResult, TrainingStep, UpdateOptions } from "./seams.js";
import { addTotals, type GrowingTotals, meansOf } from "./totals.js";

export interface UpdatesPlan {
  /** Leave out updates whose loss or gradients are not finite. */
  readonly skips: boolean;
  /** Gradients are added up, even of one batch, before the weights change: who fails may begin the update again. */
  readonly gathers: boolean;
  /** Multiplies the losses of a training that gathers and skips; it learns from what is finite. */
  readonly lossScale?: LossScale | undefined;
}

/** One batch's place in its update. */
export interface Place {
  readonly options: UpdateOptions;
  /** Of the update's `part`-th batch or piece, from 0. */
  readonly seed: (part: number) => number;
  /** The update's samples. */
  readonly samples: number;
  readonly isLast: boolean;
  readonly isSampled: boolean;
}

export interface Update {
  /** Over all of its samples. */
  readonly result: StepResult;
  readonly statistics: SampledStatistics | undefined;
  /** It was left out. */
  readonly isSkipped: boolean;
  /** What its loss was multiplied by. */
  readonly lossScale?: number | undefined;
}

/** The loss scale at which an update's gradients overflowed, which then was left out; undefined of one that did not. */
export function overflowOf({ result, isSkipped, lossScale }: Update): number | undefined {
  return isSkipped && Number.isFinite(result.loss) ? lossScale : undefined;
}

/** Invariant: between two updates nothing is added up. */
export class Updates {
  readonly #step: TrainingStep<Batch>;
  readonly #plan: UpdatesPlan;
  /** Into how many pieces each batch is cut, so that it needs less memory. */
  #pieces = 1;
  #gathered = new Gathered();

  constructor(step: TrainingStep<Batch>, plan: UpdatesPlan) {
    this.#step = step;
    this.#plan = plan;
  }

  /** Whether gradients are added up before the weights change. */
  get gathers(): boolean {
    return this.#plan.gathers;
  }

  get pieces(): number {
    return this.#pieces;
  }

  /** Drops what was added up, and takes batches in so many pieces from now on. */
  restart(pieces: number): void {
    this.#gathered = new Gathered();
    this.#step.forget();
    this.#pieces = pieces;
  }

  /** Takes one batch. Undefined while its update waits for others. */
  async take(batch: FedBatch, place: Place): Promise<Update | undefined> {
    const { options, seed, isSampled } = place;
    if (!this.#plan.gathers) {
      const all = { ...options, seed: seed(0) };
      if (!isSampled)
        return { result: await this.#step.run(batch, all), statistics: undefined, isSkipped: false };
      const { statistics, ...result } = await this.#step.runSampled(batch, all);
      return { result, statistics, isSkipped: false };
    }
    await this.#addPieces(batch, place);
    return place.isLast ? this.#finish(place) : undefined;
  }

  async #addPieces(batch: FedBatch, { seed, samples, isLast, isSampled }: Place): Promise<void> {
    const size = Math.ceil(batch.size / this.#pieces);
    const lossScale = this.#plan.lossScale?.value;
    for (let from = 0; from < batch.size; from += size) {
      const count = Math.min(size, batch.size - from);
      const piece = count === batch.size ? batch : sliced(batch, from, count);
      const share = count / samples;
      const sampled = isSampled && isLast && from + count === batch.size;
      try {
        const scaled = lossScale === undefined ? {} : { lossScale };
        const options = { seed: seed(this.#gathered.parts), share, sampled, ...scaled };
        this.#gathered.add(await this.#step.add(piece, options), share);
      } finally {
        if (piece !== batch) tf.dispose(batchTensors(piece));
      }
    }
  }

  async #finish({ options, isSampled }: Place): Promise<Update> {
    const { result, finite } = this.#gathered;
    this.#gathered = new Gathered();
    const { skips, lossScale } = this.#plan;
    const isSkipped = skips && !finite;
    if (isSkipped) this.#step.forget();
    const sampled = !isSkipped && isSampled ? await this.#step.updateSampled(options) : undefined;
    if (!isSkipped && !isSampled) await this.#step.update(options);
    const update = { result, statistics: sampled, isSkipped, lossScale: lossScale?.value };
    // Not before: an update for which memory did not suffice is begun again. A loss that is not finite is no overflow.
    if (Number.isFinite(result.loss)) lossScale?.observe(finite);
    return update;
  }
}

/** What the parts of one update measured. */
class Gathered {
  parts = 0;
  finite = true;
  #loss = 0;
  readonly #totals: GrowingTotals = {};

  add({ loss, totals, finite }: StepResult & { finite: boolean }, share: number): void {
    this.parts++;
    this.finite &&= finite;
    this.#loss += share * loss;
    addTotals(this.#totals, totals);
  }

  get result(): StepResult {
    return { loss: this.#loss, metrics: meansOf(this.#totals), totals: this.#totals };
  }
}

function sliced(batch: Batch, from: number, count: number): Batch {
  return mapBatch(batch, (tensor) => {
    const rest = tensor.shape.slice(1);
    return tf.slice(tensor, [from, ...rest.map(() => 0)], [count, ...rest]);
  });
}
