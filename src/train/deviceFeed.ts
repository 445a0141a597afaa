/** Brings the batches of a split onto the device. */
import { decodedParts } from "../data/bytes.js";
import {
  type BatchesOptions,
  batchIndices,
  bytesOf,
  gatherRows,
  inputRows,
  product,
  type Split,
} from "../data/split.js";
import { DType } from "../native/dtypes.js";
import { tf } from "../native/index.js";
import { op1 } from "../native/op.js";
import { tensorOfParts } from "../native/tensorOfParts.js";
import type { Batch } from "./batch.js";

/** A batch, how many samples it holds, and the duty to free it. */
export interface FedBatch extends Batch {
  readonly size: number;
  dispose(): void;
}

export interface FeedOptions extends BatchesOptions {
  /** Factor of each class's losses, in order of the labels. Default: every class counts 1. */
  readonly classWeights?: Float32Array | undefined;
  /** Leaves out the first batches. Default 0. */
  readonly skip?: number;
}

/** Splits up to this size stay on the device whole, which saves a copy a batch. */
const residentBytes = 512 * 2 ** 20;

interface Resident {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
}

/** What is resident is used by the fits to come; it is freed when its split is garbage. */
const residents = new WeakMap<Split, Resident>();
const freed = new FinalizationRegistry<Resident>(({ x, y }) => tf.dispose([x, y]));

/** The batches in the order of `BatchesOptions`. Whoever takes one disposes it. */
export function* deviceFeed(split: Split, options: FeedOptions): Generator<FedBatch, void, undefined> {
  const bytes = 4 * split.size * product(split.inputShape);
  const gather = bytes <= residentBytes ? gatherResident(split) : gatherOnHost(split);
  const { skip = 0 } = options;
  let number = 0;
  for (const indices of batchIndices(split.size, options)) {
    if (number++ < skip) continue;
    const batch = gather(indices);
    const weights = options.classWeights && sampleWeights(split, indices, options.classWeights);
    const fed = weights ? { ...batch, weights } : batch;
    yield {
      ...fed,
      size: indices.length,
      dispose: () => tf.dispose([batch.x, batch.y, ...(weights ? [weights] : [])]),
    };
  }
}

function gatherResident(split: Split): (indices: Int32Array) => Batch {
  const { x, y } = resident(split);
  return (indices) => {
    const rows = tf.tensor1d(indices, "int32");
    const made: tf.Tensor[] = [];
    try {
      for (const values of [x, y]) made.push(gatherOnDevice(values, rows));
    } catch (error) {
      tf.dispose(made);
      throw error;
    } finally {
      rows.dispose();
    }
    const [gathered, targets] = made as [tf.Tensor, tf.Tensor];
    return { x: gathered, y: targets };
  };
}

/** `tf.gather` along the first axis, in two thirds of its time: it runs for every batch. */
function gatherOnDevice(values: tf.Tensor, rows: tf.Tensor1D): tf.Tensor {
  firstAxis ??= tf.keep(tf.scalar(0, "int32"));
  const Tparams = values.dtype === "int32" ? DType.int32 : DType.float32;
  const types = { Tparams, Tindices: DType.int32, Taxis: DType.int32 };
  return op1("GatherV2", { types, ints: { batch_dims: 0 } }, [values, rows, firstAxis]);
}

let firstAxis: tf.Scalar | undefined;

function resident(split: Split): Resident {
  const known = residents.get(split);
  if (known && !known.x.isDisposed) return known;
  const made = whole(split);
  tf.keep(made.x);
  tf.keep(made.y);
  residents.set(split, made);
  freed.register(split, made);
  return made;
}

/** Bytes become floats on their way to the device, where alone they are floats. */
function whole(split: Split): Resident {
  const { size, y } = split;
  const bytes = bytesOf(split);
  if (!bytes) return tensors(split, { x: split.x, y, size });
  return {
    x: tensorOfParts([size, ...split.inputShape], decodedParts(bytes)),
    y: targetTensor(split, y, size),
  };
}

function gatherOnHost(split: Split): (indices: Int32Array) => Batch {
  const targetWidth = product(split.targetShape);
  return (indices) =>
    tensors(split, {
      x: inputRows(split, indices),
      y: gatherRows(split.y as Float32Array, targetWidth, indices),
      size: indices.length,
    });
}

function tensors(split: Split, values: Pick<Split, "x" | "y" | "size">): Resident {
  return {
    x: tf.tensor(values.x, [values.size, ...split.inputShape], "float32"),
    y: targetTensor(split, values.y, values.size),
  };
}

function targetTensor(split: Split, y: Split["y"], size: number): tf.Tensor {
  return tf.tensor(y, [size, ...split.targetShape], y instanceof Int32Array ? "int32" : "float32");
}

function sampleWeights(split: Split, indices: Int32Array, classWeights: Float32Array): tf.Tensor {
  return tf.tensor1d(Float32Array.from(indices, (index) => classWeights[split.y[index] as number] as number));
}
