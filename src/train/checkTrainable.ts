import type { tf } from "../native/index.js";

/**
 * Checks, before anything runs, that a model is one that `fit` can train. A sequential model that knows its input
 * is built, which TensorFlow.js leaves to the first use.
 *
 * @param who asks, for the message
 * @throws TypeError if it is no LayersModel, is not built, or has nothing to train.
 */
export function checkTrainable(model: tf.LayersModel, who = "fit"): void {
  if (typeof model?.apply !== "function" || !Array.isArray(model.layers))
    throw new TypeError(
      `${who} needs a tf.LayersModel such as models.mlp(…) returns; it was given ${model === null ? "null" : typeof model}`,
    );
  if (!model.inputs?.length || !model.outputs?.length)
    throw new TypeError(
      `${who} needs a model that knows its input shape; "${model.name}" needs an inputShape on its first layer`,
    );
  if (!model.built) (model as tf.Sequential).build();
  if (model.trainableWeights.length === 0)
    throw new TypeError(
      `${who} needs a model with weights to train; every layer of "${model.name}" is frozen or has none`,
    );
}
