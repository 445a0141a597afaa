/** One part of a data set: samples in memory, and the order in which they come. */
import { random } from "../base/random.js";

/** Targets: class labels, or the values of a regression. */
export type Targets = Int32Array | Float32Array;

export interface BatchesOptions {
  /** Samples in a batch, ≥ 1. The last batch may be smaller. */
  readonly batchSize: number;
  /** Draw a new order. Default false: the order of the arrays. */
  readonly shuffle?: boolean;
  /** Decides the order. Default 0. */
  readonly seed?: number;
}

/** A batch on the host. */
export interface HostBatch {
  /** Which samples of the split these are. */
  readonly indices: Int32Array;
  readonly x: Float32Array;
  readonly y: Targets;
  readonly size: number;
}

/**
 * Invariants: `x.length === size × ∏ inputShape`; `y.length === size × ∏ targetShape`; neither is written to.
 * Labels are an Int32Array with an empty `targetShape`, each in [0, classes).
 */
export interface Split {
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Targets;
  readonly size: number;
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
  /** The samples in batches. Same options → same batches. */
  batches(options: BatchesOptions): Generator<HostBatch, void, undefined>;
}

export interface SplitContent {
  readonly x: Float32Array;
  readonly y: Targets;
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
}

/** Makes a split. The lengths were checked by whoever read the arrays. */
export function split(name: string, content: SplitContent): Split {
  const { x, y, inputShape, targetShape } = content;
  const width = product(inputShape);
  const targetWidth = product(targetShape);
  const size = y.length / targetWidth;
  return {
    name,
    x,
    y,
    size,
    inputShape,
    targetShape,
    *batches(options) {
      for (const indices of batchIndices(size, options)) {
        yield {
          indices,
          size: indices.length,
          x: gatherRows(x, width, indices),
          y: gatherRows(y, targetWidth, indices),
        };
      }
    },
  };
}

/** The indices of each batch. */
export function* batchIndices(size: number, options: BatchesOptions): Generator<Int32Array, void, undefined> {
  const { batchSize, shuffle = false, seed = 0 } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`Making batches needs a batchSize of at least 1; it was given ${batchSize}`);
  const order = shuffle ? random(seed).permutation(size) : Int32Array.from({ length: size }, (_, i) => i);
  for (let start = 0; start < size; start += batchSize) yield order.subarray(start, start + batchSize);
}

/** Copies rows of `width` values. */
export function gatherRows<T extends Float32Array | Int32Array>(
  values: T,
  width: number,
  indices: Int32Array,
): T {
  const rows = new (values.constructor as new (length: number) => T)(indices.length * width);
  indices.forEach((from, to) => {
    rows.set(values.subarray(from * width, (from + 1) * width), to * width);
  });
  return rows;
}

export function product(shape: readonly number[]): number {
  return shape.reduce((total, length) => total * length, 1);
}
