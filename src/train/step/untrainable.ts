/** Finds the layer that keeps a model from being trained. */
import { tf } from "../../native/index.js";
import type { Batch } from "../batch.js";

/** TensorFlow.js's two ways to say that an op has no gradient. */
const noGradient = /gradient function not found for (\w+)|Cannot find gradient|is not differentiable/i;

/**
 * An error that names the first layer, input side first, that has no gradient; undefined if `error` is about
 * something else.
 */
export function untrainable(model: tf.LayersModel, batch: Batch, error: unknown): TypeError | undefined {
  if (!(error instanceof Error) || !noGradient.test(error.message)) return undefined;
  const layer = model.layers.find((candidate) => !hasGradient(candidate, batch.x.shape[0] ?? 1));
  const what = layer ? `layer "${layer.name}" (${layer.getClassName()})` : `model "${model.name}"`;
  const reason = error.message.trim().replace(/\.$/, "");
  return new TypeError(`training needs a gradient through every layer, but ${what} has none: ${reason}`, {
    cause: error,
  });
}

/** Tries one layer alone, on zeros. */
function hasGradient(layer: tf.LayersModel["layers"][number], batchSize: number): boolean {
  const { inboundNodes } = layer as unknown as { inboundNodes: { inputTensors: tf.SymbolicTensor[] }[] };
  const [input, second] = inboundNodes[0]?.inputTensors ?? [];
  if (!input || second || layer.getClassName() === "InputLayer") return true;
  const shape = input.shape.map((size) => size ?? batchSize);
  try {
    tf.tidy(() => tf.grad((x) => tf.sum(layer.call(x, { training: true }) as tf.Tensor))(tf.zeros(shape)));
    return true;
  } catch (error) {
    return !(error instanceof Error && noGradient.test(error.message));
  }
}
