/** The batches of an epoch, and the updates that they make. */
export interface EpochBatchesOptions {
  /** Samples of the epoch. */
  readonly size: number;
  readonly batchSize: number;
  /** Batches an update. */
  readonly accumulate: number;
}

/** Invariant: only the last batch may be smaller than the others, and only the last update have fewer batches. */
export class EpochBatches {
  /** How many there are. */
  readonly count: number;
  /** How many updates they make. */
  readonly updates: number;
  readonly #options: EpochBatchesOptions;

  constructor(options: EpochBatchesOptions) {
    this.#options = options;
    this.count = Math.ceil(options.size / options.batchSize);
    this.updates = Math.ceil(this.count / options.accumulate);
  }

  /** How many samples the first batches have. */
  samplesOf(batches: number): number {
    return Math.min(batches * this.#options.batchSize, this.#options.size);
  }

  /** Of the update that the batch of this index is a part of: its samples, and whether the batch is its last. */
  updateOf(batch: number): { readonly samples: number; readonly isLast: boolean } {
    const { accumulate } = this.#options;
    const first = batch - (batch % accumulate);
    return {
      samples: this.samplesOf(first + accumulate) - this.samplesOf(first),
      isLast: batch + 1 === Math.min(first + accumulate, this.count),
    };
  }
}
