/** How many units of a rectifying layer are off: one that puts out 0 for every row of the batch has no gradient. */
import { rectifiers } from "../../base/activations.js";
import { tf } from "../../native/index.js";
import { activationName } from "./saturation.js";

/** Whether units of a layer can be off at all. */
export function rectifies(layer: tf.LayersModel["layers"][number]): boolean {
  return rectifiers.includes(activationName(layer));
}

/**
 * Made in the graph, where it costs one addition a value: nothing that such a layer puts out is below 0, so that a unit's sum is 0
 * where all of it is. To compare each value with 0 took eight times as long.
 *
 * @param output the last axis is that of the units
 * @returns float32 [1]: the share of the units whose outputs are 0 in every row and at every place, 0 to 1
 */
export function deadShare(output: tf.Tensor): tf.Tensor1D {
  const units = output.shape.at(-1) ?? 1;
  const isOff = tf.equal(tf.sum(tf.reshape(output, [-1, units]), 0), 0);
  return tf.reshape(tf.mean(tf.cast(isOff, "float32")), [1]);
}
