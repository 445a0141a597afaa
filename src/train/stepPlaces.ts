/**
 * What the plan and the seed give to each epoch and step.
 *
 * Invariant: random numbers depend on the seed and a number only, never on what was drawn before, so that a resumed
 * training has those of the whole one.
 */
import { type Random, random } from "../base/random.js";
import { EpochBatches } from "./epochBatches.js";
import type { Scheduled, StepPlace } from "./scheduled.js";
import type { TrainingPlan } from "./trainingPlan.js";
import type { Place } from "./updates.js";

export class StepPlaces {
  readonly batches: EpochBatches;
  readonly #schedule: Scheduled;
  readonly #shuffle: Random;
  readonly #noise: Random;
  /** 0: no step is sampled. */
  readonly #sampleEvery: number;

  /** @param isRecorded whether there is somebody to take a sampled step's statistics */
  constructor(plan: TrainingPlan, schedule: Scheduled, isRecorded: boolean) {
    const { train, batchSize, accumulate } = plan;
    const source = random(plan.seed);
    this.batches = new EpochBatches({ size: train.size, batchSize, accumulate });
    this.#schedule = schedule;
    this.#shuffle = source.split("shuffle");
    this.#noise = source.split("noise");
    this.#sampleEvery = isRecorded ? plan.sampleEvery : 0;
  }

  /** Of the order of an epoch's samples. */
  orderSeed(epoch: number): number {
    return this.#shuffle.split(epoch).seed();
  }

  /** @param batch the index in its epoch @throws what the schedule's factor throws */
  of(batch: number, { epoch, step }: StepPlace): Place {
    const noise = this.#noise.split(step);
    return {
      options: this.#schedule.optionsAt({ epoch, step }),
      seed: (part) => (part === 0 ? noise.seed() : noise.split(part).seed()),
      ...this.batches.updateOf(batch),
      isSampled: this.#sampleEvery > 0 && step % this.#sampleEvery === 0,
    };
  }
}
