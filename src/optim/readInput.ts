/** What a transformation takes from its input by name. */
import type * as tf from "@tensorflow/tfjs";
import type { Scalars, Slots } from "./optimizer.js";

/**
 * The scalars that a transformation reads.
 * @throws ReferenceError for one that the optimiser does not feed.
 */
export function named<K extends string>(scalars: Scalars, names: readonly K[]): Record<K, tf.Scalar> {
  for (const name of names)
    if (!scalars[name])
      throw new ReferenceError(`this transformation reads the scalar ${name}, which is missing`);
  return scalars as Record<K, tf.Scalar>;
}

/** @throws ReferenceError for a slot that `init` did not make. */
export function slot(slots: Slots, name: string): tf.Tensor {
  const found = slots[name];
  if (!found) throw new ReferenceError(`this transformation reads the slot ${name}, which is missing`);
  return found;
}
