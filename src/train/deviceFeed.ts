/** Brings the batches of a split onto the device. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import { decodedParts } from "../data/bytes.js";
import type { Column, Columns } from "../data/columns.js";
import {
  type BatchesOptions,
  batchIndices,
  bytesOf,
  columnRows,
  gatherRows,
  inputRows,
  type Split,
} from "../data/split.js";
import { DType } from "../native/dtypes.js";
import { tf } from "../native/index.js";
import { op1 } from "../native/op.js";
import { tensorOfParts } from "../native/tensorOfParts.js";
import { type Batch, batchTensors, mapBatch } from "./batch.js";
import type { HeadWeights } from "./classWeights.js";
import { SampleWeights } from "./sampleWeights.js";

/** A batch, how many samples it holds, and the duty to free it. */
export interface FedBatch extends Batch {
  readonly size: number;
  dispose(): void;
}

export interface FeedOptions extends BatchesOptions {
  /** Factor of each class's losses, of each output. Default: every class counts 1. */
  readonly classWeights?: HeadWeights | undefined;
}

/** Splits up to this size stay on the device whole, which saves a copy a batch. */
const residentBytes = 512 * 2 ** 20;

/** What is resident is used by the fits to come; it is freed when its split is garbage, or its column. */
const residents = new WeakMap<Split, Batch>();
const columnResidents = new WeakMap<Column, tf.Tensor>();
const freed = new FinalizationRegistry<tf.Tensor[]>((tensors) => tf.dispose(tensors));

/**
 * The batches in the order of `BatchesOptions`. Whoever takes one disposes it.
 *
 * @param split its columns, if it has any, in the order of the model's inputs and outputs
 */
export function* deviceFeed(split: Split, options: FeedOptions): Generator<FedBatch, void, undefined> {
  const { classWeights } = options;
  const feed = feeder(split, classWeights && new SampleWeights(split, classWeights));
  for (const indices of batchIndices(split.size, options)) yield feed(indices);
}

/** Makes a batch of some of a split's samples. */
export function feeder(split: Split, weights: SampleWeights | undefined): (indices: Int32Array) => FedBatch {
  const gather = fitsDevice(split) ? gatherResident(split) : gatherOnHost(split);
  return (indices) => {
    const batch = gather(indices);
    const fed = weights ? { ...batch, ...weights.of(indices) } : batch;
    return { ...fed, size: indices.length, dispose: () => tf.dispose(batchTensors(fed)) };
  };
}

/** All of a split, on the device: not the caller's to dispose. Undefined where it is too large for that. */
export function residentSplit(split: Split): Batch | undefined {
  return fitsDevice(split) ? resident(split) : undefined;
}

/** Whether it stays on the device whole. */
export function fitsDevice(split: Split): boolean {
  const shapes = split.columns?.inputs.map(({ shape }) => shape) ?? [split.inputShape];
  const width = shapes.reduce((sum, shape) => sum + sizeOfShape(shape), 0);
  return 4 * split.size * width <= residentBytes;
}

function gatherResident(split: Split): (indices: Int32Array) => Batch {
  const all = resident(split);
  return (indices) => gatherBatch(all, indices);
}

/** Some rows of what lies on the device. */
export function gatherBatch(all: Batch, indices: Int32Array): Batch {
  const rows = tf.tensor1d(indices, "int32");
  const made: tf.Tensor[] = [];
  try {
    return mapBatch(all, (values) => {
      const gathered = gatherOnDevice(values, rows);
      made.push(gathered);
      return gathered;
    });
  } catch (error) {
    tf.dispose(made);
    throw error;
  } finally {
    rows.dispose();
  }
}

/** `tf.gather` along the first axis, in two thirds of its time: it runs for every batch. */
export function gatherOnDevice(values: tf.Tensor, rows: tf.Tensor): tf.Tensor {
  firstAxis ??= tf.keep(tf.scalar(0, "int32"));
  const Tparams = values.dtype === "int32" ? DType.int32 : DType.float32;
  const types = { Tparams, Tindices: DType.int32, Taxis: DType.int32 };
  return op1("GatherV2", { types, ints: { batch_dims: 0 } }, [values, rows, firstAxis]);
}

let firstAxis: tf.Scalar | undefined;

function resident(split: Split): Batch {
  if (split.columns) return batchOf(split.columns, residentColumn);
  const known = residents.get(split);
  if (known && !known.x.isDisposed) return known;
  const made = whole(split);
  const tensors = [made.x, made.y].map((tensor) => tf.keep(tensor));
  residents.set(split, made);
  freed.register(split, tensors);
  return made;
}

function residentColumn(column: Column): tf.Tensor {
  const known = columnResidents.get(column);
  if (known && !known.isDisposed) return known;
  const made = tf.keep(columnTensor(column));
  columnResidents.set(column, made);
  freed.register(column, [made]);
  return made;
}

/** A tensor of each column. */
function batchOf(columns: Columns, tensorOf: (column: Column) => tf.Tensor): Batch {
  const made: tf.Tensor[] = [];
  const tensors = (some: readonly Column[]) =>
    some.map((column) => {
      const tensor = tensorOf(column);
      made.push(tensor);
      return tensor;
    });
  try {
    const [x, ...moreX] = tensors(columns.inputs) as [tf.Tensor];
    const [y, ...moreY] = tensors(columns.targets) as [tf.Tensor];
    return { x, y, ...(moreX.length > 0 && { moreX }), ...(moreY.length > 0 && { moreY }) };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

function columnTensor({ values, shape }: Column): tf.Tensor {
  const type = values instanceof Int32Array ? "int32" : "float32";
  return tf.tensor(values, [values.length / sizeOfShape(shape), ...shape], type);
}

/** Bytes become floats on their way to the device, where alone they are floats. */
function whole(split: Split): Batch {
  const { size, y } = split;
  const bytes = bytesOf(split);
  if (!bytes) return tensors(split, { x: split.x, y, size });
  return {
    x: tensorOfParts([size, ...split.inputShape], decodedParts(bytes)),
    y: targetTensor(split, y, size),
  };
}

function gatherOnHost(split: Split): (indices: Int32Array) => Batch {
  const { columns } = split;
  if (columns) return (indices) => batchOf(columnRows(columns, indices), columnTensor);
  const targetWidth = sizeOfShape(split.targetShape);
  return (indices) =>
    tensors(split, {
      x: inputRows(split, indices),
      y: gatherRows(split.y as Float32Array, targetWidth, indices),
      size: indices.length,
    });
}

function tensors(split: Split, values: Pick<Split, "x" | "y" | "size">): Batch {
  return {
    x: tf.tensor(values.x, [values.size, ...split.inputShape], "float32"),
    y: targetTensor(split, values.y, values.size),
  };
}

function targetTensor(split: Split, y: Split["y"], size: number): tf.Tensor {
  return tf.tensor(y, [size, ...split.targetShape], y instanceof Int32Array ? "int32" : "float32");
}
