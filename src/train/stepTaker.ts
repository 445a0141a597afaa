/** Takes the steps of an epoch, one or several in a call. */
import type { Breather } from "../base/breather.js";
import type { FedBatch } from "./deviceFeed.js";
import type { EpochFeed } from "./epochFeed.js";
import type { StepPlaces } from "./stepPlaces.js";
import type { Surroundings, TrainingLog } from "./surroundings.js";
import { together } from "./together.js";
import type { TrainingPlan } from "./trainingPlan.js";
import type { Place, Update, Updates } from "./updates.js";

export interface TakenStep {
  readonly update: Update;
  readonly learningRate: number;
  /** How many batches of the epoch are trained with it. */
  readonly batches: number;
  /** The weights are those after this step: no later one of the same call has changed them. */
  readonly isPause: boolean;
}

export interface StepTakerParts {
  readonly plan: Pick<TrainingPlan, "callbacks" | "epochs" | "stepsPerEpoch" | "maxSteps" | "batchSize">;
  readonly around: Pick<Surroundings, "step" | "checkpoints">;
  readonly updates: Updates;
  readonly places: StepPlaces;
  readonly breath: Breather;
  /** Its `steps` are those taken so far: whoever is given a step counts it. */
  readonly log: Pick<TrainingLog, "steps" | "inputSeconds">;
}

export class StepTaker {
  readonly #parts: StepTakerParts;
  /** Nobody looks at the weights after each step. */
  readonly #mayTakeSeveral: boolean;

  constructor(parts: StepTakerParts) {
    this.#parts = parts;
    this.#mayTakeSeveral = !parts.updates.gathers && !parts.plan.callbacks.some(({ step }) => step);
  }

  /** From the feed's next batch on. Each step is to be counted before the next is asked for. */
  async *take(feed: EpochFeed, epoch: number): AsyncGenerator<TakenStep, void, undefined> {
    while (!feed.isDone) {
      const breath = this.#parts.breath.breathe();
      if (breath) await breath;
      const places = this.#together(feed, epoch);
      if (places.length > 1) yield* this.#several(feed, places);
      else yield* this.#one(feed, epoch);
    }
  }

  /** None where the update waits for more batches. */
  async *#one(feed: EpochFeed, epoch: number): AsyncGenerator<TakenStep, void, undefined> {
    const { places, updates, log } = this.#parts;
    const place = places.of(feed.batch, { epoch, step: log.steps });
    const batch = this.#fed(feed);
    try {
      const update = await updates.take(batch, place);
      const { learningRate } = place.options;
      if (update) yield { update, learningRate, batches: feed.batch, isPause: true };
    } finally {
      batch.dispose();
    }
  }

  /** Copied from memory, a batch takes time in which no step runs. */
  #fed(feed: EpochFeed): FedBatch {
    if (feed.isResident) return feed.take();
    const start = performance.now();
    const batch = feed.take();
    const { log } = this.#parts;
    log.inputSeconds = (log.inputSeconds ?? 0) + (performance.now() - start) / 1000;
    return batch;
  }

  async *#several(feed: EpochFeed, places: readonly Place[]): AsyncGenerator<TakenStep, void, undefined> {
    const first = feed.batch;
    const { all, rows } = feed.takeRows(places.length);
    const options = places.map((place) => ({ ...place.options, seed: place.seed(0) }));
    const results = await this.#parts.around.step.runSteps(all, rows, options);
    // A loss that is not finite ended them early: whoever goes on all the same goes on there.
    feed.batch = first + results.length;
    for (const [i, result] of results.entries()) {
      const update = { result, statistics: undefined, isSkipped: false };
      const { learningRate } = options[i] as { learningRate: number };
      yield { update, learningRate, batches: first + i + 1, isPause: i + 1 === results.length };
    }
  }

  /** The places of the next steps that one call may take; none where there are not two. */
  #together(feed: EpochFeed, epoch: number): Place[] {
    const { around, places, log } = this.#parts;
    const { batchSize } = this.#parts.plan;
    const left = { batchSize, training: this.#stepsLeft, epoch: feed.rowBatches };
    const most = this.#mayTakeSeveral ? around.step.stepsPerCall(left) : 1;
    if (most < 2) return [];
    return together(Math.min(most, feed.rowBatches), {
      placeOf: (i) => places.of(feed.batch + i, { epoch, step: log.steps + i }),
      pausesAfter: (i) => around.checkpoints?.isDueAfterStep(log.steps + i + 1) ?? false,
    });
  }

  /** Of the whole training, its limit counted. */
  get #stepsLeft(): number {
    const { plan, log } = this.#parts;
    return Math.min(plan.epochs * plan.stepsPerEpoch, plan.maxSteps) - log.steps;
  }
}
