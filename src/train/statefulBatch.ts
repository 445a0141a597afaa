/** Batches of a model with stateful layers: the states that go from batch to batch are those of so many sequences. */
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";

/** How many samples such a model takes at a time; undefined for any other, which takes what it is given. */
export function statefulBatch(model: tf.LayersModel): number | undefined {
  return model.stateful ? (model.inputs[0]?.shape[0] ?? undefined) : undefined;
}

/** @throws RangeError for batches that a stateful model does not take. */
export function checkStatefulBatch(
  model: tf.LayersModel,
  { batchSize, splits }: { batchSize: number; splits: readonly Split[] },
): void {
  const size = statefulBatch(model);
  if (size === undefined) return;
  const why = `"${model.name}", whose stateful layers keep the states of ${size} sequences`;
  if (batchSize !== size)
    throw new RangeError(`fit needs batchSize ${size} for ${why}; it was given ${batchSize}`);
  const odd = splits.find((split) => split.size % size !== 0);
  if (odd)
    throw new RangeError(
      `fit needs whole batches of ${size} samples for ${why}; the split "${odd.name}" holds ${odd.size}`,
    );
}
