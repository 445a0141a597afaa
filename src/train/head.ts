/** The last activation of a model, which a loss wants to look behind: losses are computed from logits. */
import { tf } from "../native/index.js";

/** What tfjs keeps on a layer that ends in an activation function. */
interface Activated {
  activation?: { getClassName(): string };
}

const linear = (tf.layers.activation({ activation: "linear" }) as unknown as Required<Activated>).activation;

/**
 * The name of the activation that the model's output passes last: `softmax`, `sigmoid`, `linear`, `relu`, …
 *
 * @throws TypeError if the model has more than one input or output.
 */
export function headActivation(model: tf.LayersModel): string {
  return activated(model).activation?.getClassName() ?? "linear";
}

/**
 * Applies the model with a final softmax or sigmoid left out.
 *
 * @param x float32 [n, …inputShape]
 * @returns the logits [n, …outputShape] where the head is softmax or sigmoid, else the model's output.
 */
export function applyToLogits(
  model: tf.LayersModel,
  x: tf.Tensor,
  options: { training: boolean },
): tf.Tensor {
  const layer = activated(model);
  const head = layer.activation;
  const name = head?.getClassName();
  const hidden = name === "softmax" || name === "sigmoid";
  if (hidden) layer.activation = linear;
  try {
    return model.apply(x, { training: options.training }) as tf.Tensor;
  } finally {
    if (hidden) layer.activation = head;
  }
}

/** Turns what `applyToLogits` returned into the model's output. */
export function applyHead(output: tf.Tensor, head: string): tf.Tensor {
  if (head === "softmax") return tf.softmax(output);
  return head === "sigmoid" ? tf.sigmoid(output) : output;
}

function activated(model: tf.LayersModel): Activated {
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    throw new TypeError(
      `Training a model needs one input and one output; "${model.name}" has ${model.inputs.length} inputs and ${model.outputs.length} outputs`,
    );
  return model.outputs[0]?.sourceLayer as unknown as Activated;
}
