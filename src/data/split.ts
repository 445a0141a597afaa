/** One part of a data set: samples in memory, and the order in which they come. */
import { random } from "../base/random.js";
import { decode } from "./bytes.js";

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
  /** Of a split that is kept as bytes it is made at the first use, which takes some time and four times the memory. */
  readonly x: Float32Array;
  /** Present where the samples are kept as bytes: `x` is each of them divided by 255. */
  readonly bytes?: Uint8Array;
  readonly y: Targets;
  readonly size: number;
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
  /** The samples in batches. Same options → same batches. */
  batches(options: BatchesOptions): Generator<HostBatch, void, undefined>;
}

interface Targeted {
  readonly y: Targets;
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
}

export interface SplitContent extends Targeted {
  readonly x: Float32Array;
}

/** Samples as bytes, each of which means byte / 255. */
export interface ByteContent extends Targeted {
  readonly bytes: Uint8Array;
}

/** Makes a split. The lengths were checked by whoever read the arrays. */
export function split(name: string, content: SplitContent | ByteContent): Split {
  const { y, inputShape, targetShape } = content;
  const samples = "bytes" in content ? byteSamples(content.bytes) : floatSamples(content.x);
  const width = product(inputShape);
  const targetWidth = product(targetShape);
  const size = y.length / targetWidth;
  return {
    name,
    get x() {
      return samples.all();
    },
    ...("bytes" in content ? { bytes: content.bytes } : {}),
    y,
    size,
    inputShape,
    targetShape,
    *batches(options) {
      for (const indices of batchIndices(size, options)) {
        yield {
          indices,
          size: indices.length,
          x: samples.rows(width, indices),
          y: gatherRows(y, targetWidth, indices),
        };
      }
    },
  };
}

interface Samples {
  all(): Float32Array;
  rows(width: number, indices: Int32Array): Float32Array;
}

function floatSamples(x: Float32Array): Samples {
  return { all: () => x, rows: (width, indices) => gatherRows(x, width, indices) };
}

function byteSamples(bytes: Uint8Array): Samples {
  let x: Float32Array | undefined;
  return {
    all: () => (x ??= decode(bytes)),
    rows: (width, indices) => decode(gatherRows(bytes, width, indices)),
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
export function gatherRows<T extends Float32Array | Int32Array | Uint8Array>(
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
