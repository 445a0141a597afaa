/** Measures a model on the validation split, over and over. */
import type { Breather } from "../base/breather.js";
import { validationName } from "../base/metric.js";
import type { Split } from "../data/split.js";
import type { Batch } from "./batch.js";
import type { ClassRecalls } from "./classRecalls.js";
import { deviceFeed, type FedBatch } from "./deviceFeed.js";
import { Meter } from "./meter.js";
import { isOutOfMemory, withMemoryHint } from "./outOfMemory.js";
import type { TrainingStep } from "./seams.js";

/** The validation batches are this large at least: no gradients need memory. */
const leastBatch = 500;

export interface ValidationParts {
  readonly split: Split;
  readonly batchSize: number;
  /** Whether the model takes no other size. */
  readonly isFixed: boolean;
  readonly step: TrainingStep<Batch>;
  readonly breath: Breather;
  /** Counts the answers; undefined where nobody asks for them. */
  readonly recalls?: ClassRecalls | undefined;
  /** Told when batches are halved; undefined where that is not asked for. */
  readonly halved: ((sentence: string) => void) | undefined;
}

/** Its batches stay on the device, as their order never changes; whoever made it disposes it. */
export class Validation {
  readonly #parts: ValidationParts;
  readonly #batches: FedBatch[] = [];
  #size: number;

  constructor(parts: ValidationParts) {
    this.#parts = parts;
    this.#size = parts.isFixed ? parts.batchSize : Math.max(parts.batchSize, leastBatch);
  }

  /** `valLoss`, then the metrics. @param step how many steps were taken, for an error */
  async measure(step: number): Promise<Record<string, number>> {
    for (;;) {
      try {
        return await this.#means();
      } catch (error) {
        this.#parts.recalls?.take();
        if (!isOutOfMemory(error)) throw error;
        this.dispose();
        const size = Math.min(this.#size, this.#parts.split.size);
        if (!this.#parts.halved || size === 1) throw withMemoryHint(error, step);
        this.#size = Math.ceil(size / 2);
        this.#parts.halved(
          `validation needed more memory than there is: from now on it takes ${this.#size} samples at once`,
        );
      }
    }
  }

  dispose(): void {
    for (const batch of this.#batches.splice(0)) batch.dispose();
  }

  async #means(): Promise<Record<string, number>> {
    const { step, breath, recalls } = this.#parts;
    if (this.#batches.length === 0) for (const batch of this.#evenBatches()) this.#batches.push(batch);
    const meter = new Meter();
    for (const batch of this.#batches) {
      const waiting = breath.breathe();
      if (waiting) await waiting;
      const result = await step.evaluate(batch);
      meter.add(result, batch.size);
      if (recalls && result.answers) recalls.add(result.answers);
    }
    const means = Object.entries(meter.means());
    return Object.fromEntries(means.map(([key, value]) => [validationName(key), value]));
  }

  /** Batches of nearly one size, so that few shapes need a captured function. */
  #evenBatches(): Generator<FedBatch, void, undefined> {
    const { split } = this.#parts;
    const count = Math.ceil(split.size / this.#size);
    return deviceFeed(split, { batchSize: Math.ceil(split.size / count) });
  }
}
