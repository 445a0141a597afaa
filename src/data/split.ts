/** One part of a data set: samples in memory, and the order in which they come. */
import { counted } from "../base/counted.js";
import { inspectedAs, inspectKey } from "../base/inspection.js";
import { random } from "../base/random.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import { decode } from "./bytes.js";
import type { Column, Columns, TakenFor } from "./columns.js";

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
  /** Of a split with columns: theirs, of which `x` and `y` are the first of each side. */
  readonly columns?: Columns;
}

/**
 * Invariants: `x.length === size × ∏ inputShape`; `y.length === size × ∏ targetShape`; neither is written to.
 * Labels are an Int32Array with an empty `targetShape`, each in [0, classes).
 */
export interface Split {
  readonly name: string;
  /** Of a split that is kept as bytes it is made at the first use, which takes some time and four times the memory. */
  readonly x: Float32Array;
  readonly y: Targets;
  readonly size: number;
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
  /**
   * Of a split with several inputs or targets, or names for them, all of them: `x`, `y` and the shapes are those of the
   * first of each. Who makes a copy with other values changes both.
   */
  readonly columns?: Columns;
  /** Of labels that were known by their form alone: nobody said that they are. */
  readonly taken?: TakenFor;
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
  /** Their first input and target are `x` and `y`. */
  readonly columns?: Columns | undefined;
  readonly taken?: TakenFor | undefined;
}

/** Samples as bytes, each of which means byte / 255. */
export interface ByteContent extends Targeted {
  readonly bytes: Uint8Array;
}

/** Of the splits kept as bytes. A copy with another `x` is another object, so that it has none. */
const kept = new WeakMap<Split, Uint8Array>();

/** The samples of a split that is kept as bytes: its `x` is each of them divided by 255. */
export function bytesOf(split: Split): Uint8Array | undefined {
  return kept.get(split);
}

/** Makes a split. A copy such as `{ ...split, y }` gives batches of what it holds. The lengths were checked by whoever read the arrays. */
export function split(name: string, content: SplitContent | ByteContent): Split {
  const { y, inputShape, targetShape } = content;
  let x = "x" in content ? content.x : undefined;
  const { columns, taken } = "x" in content ? content : {};
  const made: Split & { [inspectKey]: unknown } = {
    name,
    get x() {
      x ??= decode((content as ByteContent).bytes);
      return x;
    },
    y,
    size: y.length / sizeOfShape(targetShape),
    inputShape,
    targetShape,
    ...(columns && { columns }),
    ...(taken && { taken }),
    [inspectKey]: inspected,
    *batches(options) {
      for (const indices of batchIndices(this.size, options))
        yield {
          indices,
          size: indices.length,
          x: inputRows(this, indices),
          y: gatherRows(this.y as Float32Array, sizeOfShape(this.targetShape), indices),
          ...(this.columns && { columns: columnRows(this.columns, indices) }),
        };
    },
  };
  if ("bytes" in content) kept.set(made, content.bytes);
  return made;
}

/** Goes along with a copy, whose values it tells. */
const inspected = inspectedAs((split: Split) => {
  const { name, size, y, inputShape, targetShape, columns } = split;
  if (columns) {
    const { inputs: xs, targets: ys } = columns;
    return `${name}: ${counted(size, "sample")} of ${counted(xs.length, "input")} and ${counted(ys.length, "target")}`;
  }
  const targets = y instanceof Int32Array ? "labels" : `targets of [${targetShape.join(", ")}]`;
  return `${name}: ${counted(size, "sample")} of [${inputShape.join(", ")}]; ${targets}`;
});

/** Copies samples, of a split kept as bytes without making its `x`. */
export function inputRows(split: Split, indices: Int32Array): Float32Array {
  const width = sizeOfShape(split.inputShape);
  const bytes = bytesOf(split);
  return bytes ? decode(gatherRows(bytes, width, indices)) : gatherRows(split.x, width, indices);
}

/** Columns with some of the samples. */
export function columnRows({ inputs, targets }: Columns, indices: Int32Array): Columns {
  const rows = <T extends Column>(column: T): T => ({
    ...column,
    values: gatherRows(column.values as Float32Array, sizeOfShape(column.shape), indices),
  });
  return { inputs: inputs.map(rows), targets: targets.map(rows) };
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
