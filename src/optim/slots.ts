/** The tensors an optimiser keeps beside a weight. */
import { tf } from "../native/backend.js";
import type { Optimizer, Slots } from "./optimizer.js";

/** All slots of one weight as training begins: the transformation's, then the followers'. */
export function initialSlots({ transform, followers = [] }: Optimizer, parameter: tf.Tensor): Slots {
  return mergeSlots([transform.init(parameter), ...followers.map((follower) => follower.init(parameter))]);
}

/** The shape of each slot of a weight of this shape, in the order of `initialSlots`. */
export function slotShapes(
  optimizer: Optimizer,
  shape: readonly number[],
): Readonly<Record<string, readonly number[]>> {
  const shapes: Record<string, readonly number[]> = {};
  tf.tidy(() => {
    for (const [name, { shape: of }] of Object.entries(initialSlots(optimizer, tf.zeros([...shape]))))
      shapes[name] = of;
  });
  return shapes;
}

/** @throws TypeError when two parts keep a slot of one name: one would overwrite the other's. */
export function mergeSlots(all: readonly Slots[]): Slots {
  const merged: Record<string, tf.Tensor> = {};
  for (const [name, value] of all.flatMap((slots) => Object.entries(slots))) {
    if (Object.hasOwn(merged, name))
      throw new TypeError(
        `composing an optimiser needs parts whose slots have different names, but two have "${name}"`,
      );
    merged[name] = value;
  }
  return merged;
}
