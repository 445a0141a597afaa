/** The batches of one epoch, taken one at a time or several at once. */
import { batchIndices, type Split } from "../data/split.js";
import type { Batch } from "./batch.js";
import { type FedBatch, feeder, fitsDevice, residentSplit } from "./deviceFeed.js";
import type { SampleWeights } from "./sampleWeights.js";

export interface EpochFeedOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Of the order of samples. */
  readonly seed: number;
  /** Of the split's samples; undefined: every sample counts 1. */
  readonly weights: SampleWeights | undefined;
  /** Index of the batch to begin with. */
  readonly first: number;
}

/** Several batches of equal size as rows of what lies on the device. */
export interface Rows {
  readonly all: Batch;
  /** int32 [batches · batch size] */
  readonly rows: Int32Array;
}

/** Invariant: `batch` is the index of the next one. */
export class EpochFeed {
  batch: number;
  readonly #split: Split;
  readonly #options: EpochFeedOptions;
  readonly #order: Int32Array;
  readonly #feed: (indices: Int32Array) => FedBatch;

  constructor(split: Split, options: EpochFeedOptions) {
    this.#split = split;
    this.#options = options;
    this.batch = options.first;
    const { shuffle, seed, weights } = options;
    const [order] = batchIndices(split.size, { batchSize: split.size, shuffle, seed });
    this.#order = order as Int32Array;
    this.#feed = feeder(split, weights);
  }

  /** Whether there is no further batch. */
  get isDone(): boolean {
    return this.batch * this.#options.batchSize >= this.#order.length;
  }

  /** Whether samples stay on the device, so that no batch is copied there. */
  get isResident(): boolean {
    return fitsDevice(this.#split);
  }

  /** How many of the next batches `takeRows` can give at once; 0 where samples do not stay on the device. */
  get rowBatches(): number {
    const { batchSize } = this.#options;
    if (!residentSplit(this.#split)) return 0;
    return Math.floor(this.#order.length / batchSize) - this.batch;
  }

  /** The samples of a batch, in their order. @param index of the batch, from 0 */
  rowsOf(index: number): Int32Array {
    const { batchSize } = this.#options;
    return this.#order.subarray(index * batchSize, (index + 1) * batchSize);
  }

  /** The next batch, which the caller disposes. */
  take(): FedBatch {
    return this.#feed(this.#next(1));
  }

  /** @param batches at most `rowBatches` */
  takeRows(batches: number): Rows {
    const all = { ...(residentSplit(this.#split) as Batch), ...this.#options.weights?.all };
    return { all, rows: this.#next(batches) };
  }

  #next(batches: number): Int32Array {
    const { batchSize } = this.#options;
    const from = this.batch * batchSize;
    this.batch += batches;
    return this.#order.subarray(from, from + batches * batchSize);
  }
}
