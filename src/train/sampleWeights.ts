/** The weight of each sample by its class, of each output. */
import type { Split } from "../data/split.js";
import { tf } from "../native/index.js";
import type { Batch } from "./batch.js";
import type { HeadWeights } from "./classWeights.js";

/** Of a batch, or of a whole split. */
export type Weights = Pick<Batch, "weights" | "moreWeights">;

/** Lifecycle: made with a training, disposed with it. */
export class SampleWeights {
  readonly #size: number;
  /** Of each output. */
  readonly #labels: readonly ArrayLike<number>[];
  readonly #classWeights: HeadWeights;
  #all: Weights | undefined;

  constructor(split: Split, classWeights: HeadWeights) {
    this.#size = split.size;
    this.#labels = split.columns?.targets.map(({ values }) => values) ?? [split.y];
    this.#classWeights = classWeights;
  }

  /** Those of these samples, which the caller disposes. */
  of(indices: Int32Array): Weights {
    return this.#tensors(indices.length, (i) => indices[i] as number);
  }

  /** Those of all samples, on the device: not the caller's to dispose. */
  get all(): Weights {
    if (!this.#all) {
      this.#all = this.#tensors(this.#size, (i) => i);
      for (const tensor of tensorsOf(this.#all)) tf.keep(tensor);
    }
    return this.#all;
  }

  dispose(): void {
    if (this.#all) tf.dispose(tensorsOf(this.#all));
    this.#all = undefined;
  }

  #tensors(count: number, sample: (i: number) => number): Weights {
    const [weights, ...moreWeights] = this.#labels.map((labels, k) => {
      const factors = this.#classWeights[k];
      const weightOf = (i: number) => (factors ? (factors[labels[sample(i)] as number] as number) : 1);
      return tf.tensor1d(Float32Array.from({ length: count }, (_, i) => weightOf(i)));
    }) as [tf.Tensor];
    return { weights, ...(moreWeights.length > 0 && { moreWeights }) };
  }
}

function tensorsOf({ weights, moreWeights = [] }: Weights): tf.Tensor[] {
  return weights ? [weights, ...moreWeights] : [];
}
