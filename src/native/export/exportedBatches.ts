/** The sizes of batches that a model is traced for to be exported. */
import { inspect } from "node:util";
import type { tf } from "../backend.js";

/**
 * One size where the model or the caller fixes it. Else three primes that divide no size in the model, so that what
 * follows the batch is not taken for what does not: two tell how, the third is the proof.
 *
 * @throws RangeError for a size that is none, or another than the model's own.
 */
export function exportedBatches(model: tf.LayersModel, batchSize: number | undefined): number[] {
  if (batchSize !== undefined && (!Number.isSafeInteger(batchSize) || batchSize < 1))
    throw new RangeError(
      `exporting a model needs a batchSize of at least 1, but was given ${inspect(batchSize)}`,
    );
  const [fixed] = model.inputs.flatMap(({ shape }) => shape[0] ?? []);
  if (fixed !== undefined && batchSize !== undefined && fixed !== batchSize)
    throw new RangeError(
      `exporting a model of batches of ${fixed} needs that batchSize, but was given ${batchSize}`,
    );
  const only = batchSize ?? fixed;
  return only === undefined ? openBatches(model) : [only];
}

function openBatches(model: tf.LayersModel): number[] {
  const sizes = [...model.inputs, ...model.outputs, ...model.weights].flatMap(({ shape }) => shape);
  const found: number[] = [];
  for (let size = 11; found.length < 3; size += 2) {
    const isPrime = [3, 5, 7, 11, 13].every((divisor) => size === divisor || size % divisor !== 0);
    if (isPrime && sizes.every((other) => !other || other % size !== 0)) found.push(size);
  }
  return found;
}
