/** What a sampled step gives of its tensors: all entries of small ones, of others a fixed sample beside exact norms. */
import { tf } from "../../native/index.js";
import { halfSquares } from "../../optim/norm.js";
import { deadShare } from "./deadUnits.js";
import { fixedSample } from "./fixedSample.js";

/** Tensors on the device, in the order of the trained weights or the active layers. */
export interface SampledTensors {
  /** Before clipping. */
  readonly gradients: readonly tf.Tensor[];
  /** The weights before the update. */
  readonly before: readonly tf.Tensor[];
  readonly after: readonly tf.Tensor[];
  /** What the layers put out. */
  readonly outputs: readonly tf.Tensor[];
  /** Those of the outputs whose units may be off (`rectifies`). */
  readonly rectified: readonly tf.Tensor[];
}

/** What goes to the host. */
export interface LookedAt {
  /** All entries of those of at most `packable` entries in one float32 [n], in their order; then each of the others. */
  readonly tensors: readonly tf.Tensor[];
  readonly looks: readonly Look[];
}

/** How much is seen of a tensor. */
export interface Look {
  /** Its entries. */
  readonly size: number;
  /** Entries that go to the host. */
  readonly length: number;
}

/** One of them on the host. */
export interface Seen {
  /** All entries, or of a larger tensor a fixed sample. */
  readonly values: Float32Array;
  /** Entries of the tensor. */
  readonly size: number;
}

/** To bring a tensor to the host takes as long as to copy so many entries, and longer. */
const packable = 20_000;

/**
 * For each trained weight its gradient and its value before the update; then for each its value after it, or of a larger
 * one `normsOf` in that place; then the outputs, and of each larger one half the sum of its squares, float32 [1]; last
 * `deadShare` of each that rectifies.
 *
 * @param entries that are looked at of a tensor at most; Infinity for all
 */
export function lookedAt(
  { gradients, before, after, outputs, rectified }: SampledTensors,
  entries: number,
): LookedAt {
  const places = new Map<number, tf.Tensor>();
  const sampled = (tensor: tf.Tensor) => sampleOf(tensor, entries, places);
  const changes = after.map((value, i) =>
    value.size <= entries ? value : normsOf(gradients[i] as tf.Tensor, before[i] as tf.Tensor, value),
  );
  const larger = outputs.filter(({ size }) => size > entries);
  const norms = larger.map((output) => tf.reshape(halfSquares(output), [1]));
  const dead = rectified.map(deadShare);
  const whole = [...gradients, ...before, ...after, ...outputs, ...larger, ...dead];
  const looked = [
    ...gradients.map(sampled),
    ...before.map(sampled),
    ...changes,
    ...outputs.map(sampled),
    ...norms,
    ...dead,
  ];
  const looks = looked.map(({ size: length }, i): Look => ({ size: (whole[i] as tf.Tensor).size, length }));
  return { tensors: packed(looked), looks };
}

function packed(tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const small = tensors.filter(({ size }) => size <= packable).map((tensor) => tensor.flatten());
  const large = tensors.filter(({ size }) => size > packable);
  return small.length > 0 ? [tf.concat(small), ...large] : large;
}

/** float32 [3]: half the sum of the squares of a gradient, of a weight, and of the weight's change. */
function normsOf(gradient: tf.Tensor, before: tf.Tensor, after: tf.Tensor): tf.Tensor {
  return tf.stack([gradient, before, tf.sub(after, before)].map(halfSquares));
}

function sampleOf(tensor: tf.Tensor, entries: number, places: Map<number, tf.Tensor>): tf.Tensor {
  const { size } = tensor;
  if (size <= entries) return tensor;
  const indices = places.get(size) ?? tf.tensor1d(fixedSample(size, entries), "int32");
  places.set(size, indices);
  return tf.gather(tensor.flatten(), indices as tf.Tensor1D);
}

/** @param step what it returned: its numbers, then `LookedAt.tensors` */
export function seenIn(step: { rows: readonly Float32Array[]; looks: readonly Look[] }): Seen[] {
  const { rows, looks } = step;
  const isPacked = looks.some(({ length }) => length <= packable);
  let [at, next] = [0, isPacked ? 2 : 1];
  return looks.map(({ size, length }) => {
    if (length > packable) return { size, values: rows[next++] as Float32Array };
    at += length;
    return { size, values: (rows[1] as Float32Array).subarray(at - length, at) };
  });
}

export interface SeenParts
  extends Readonly<Record<Exclude<keyof SampledTensors, "rectified">, readonly Seen[]>> {
  /** Half the sum of the squares of each output that is larger than what is seen of it, in their order. */
  readonly outputNorms: readonly Seen[];
  /** Share of units that are off, of each output that rectifies, in their order. */
  readonly deadShares: readonly Seen[];
}

/** Takes them apart again. */
export function seenParts(
  all: readonly Seen[],
  { weights, layers }: { readonly weights: number; readonly layers: number },
): SeenParts {
  const outputs = all.slice(3 * weights, 3 * weights + layers);
  const beside = all.slice(3 * weights + layers);
  const larger = outputs.filter(({ values, size }) => values.length < size).length;
  return {
    gradients: all.slice(0, weights),
    before: all.slice(weights, 2 * weights),
    after: all.slice(2 * weights, 3 * weights),
    outputs,
    outputNorms: beside.slice(0, larger),
    deadShares: beside.slice(larger),
  };
}
