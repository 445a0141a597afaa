/** Batches of a model with stateful layers: the states that go from batch to batch are those of so many sequences. */
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import { statefulParts } from "../native/statefulParts.js";

/** How many samples such a model takes at a time; undefined for any other, which takes what it is given. */
export function statefulBatch(model: tf.LayersModel): number | undefined {
  return isStateful(model) ? (model.inputs[0]?.shape[0] ?? undefined) : undefined;
}

/** @throws RangeError for batches that a stateful model does not take. @param who whose options they are of */
export function checkStatefulBatch(
  who: string,
  model: tf.LayersModel,
  { batchSize, splits }: { batchSize: number; splits: readonly Split[] },
): void {
  const size = statefulBatch(model);
  if (size === undefined) return;
  const why = `"${model.name}", whose stateful layers keep the states of ${size} sequences`;
  if (batchSize !== size)
    throw new RangeError(`${who} needs batchSize ${size} for ${why}; it was given ${batchSize}`);
  const odd = splits.find((split) => split.size % size !== 0);
  if (odd)
    throw new RangeError(
      `${who} needs whole batches of ${size} samples for ${why}; the split "${odd.name}" holds ${odd.size}`,
    );
}

/** What a training would do to the states, by the option that has it done. */
const refusals = {
  checkpoint: "whose states are in no checkpoint",
  resume: "whose states are in no checkpoint",
  'outOfMemory: "halve"': "whose batches cannot be cut",
  'notFinite: "skip"': "whose states a batch that is left out has changed already",
  'precision: "float16"': "whose states a batch whose gradients overflow has changed already",
  "an optimizer that climbs before it descends": "whose states would go on twice a step",
} as const;

/** @throws TypeError for the first option that a stateful model cannot be trained with. */
export function checkStatefulOptions(
  model: tf.LayersModel,
  given: Readonly<Record<keyof typeof refusals, boolean>>,
): void {
  if (!isStateful(model)) return;
  const option = (Object.keys(refusals) as (keyof typeof refusals)[]).find((name) => given[name]);
  if (option !== undefined)
    throw new TypeError(
      `fit needs a model without stateful layers for ${option}; it was given "${model.name}", ${refusals[option]}`,
    );
}

function isStateful(model: tf.LayersModel): boolean {
  return statefulParts(model).length > 0;
}
