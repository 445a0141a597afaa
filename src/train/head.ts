/** The last activation of a model, which a loss wants to look behind: losses are computed from logits. */
import { tf } from "../native/index.js";

type Layer = tf.LayersModel["layers"][number];

/** What tfjs keeps on a layer that ends in an activation function. */
interface Activated {
  activation?: { getClassName(): string };
}

/** What tfjs keeps on the layer that is a softmax. */
interface SoftmaxLayer {
  softmax: (x: tf.Tensor, axis?: number) => tf.Tensor;
  readonly axis: number | readonly number[];
}

const linear = (tf.layers.activation({ activation: "linear" }) as unknown as Required<Activated>).activation;

/** Layers without an activation of their own that put out any numbers: behind a linear layer they are linear too. */
const transparent = new Set([
  "Flatten",
  "Reshape",
  "Permute",
  "Dropout",
  "SpatialDropout1D",
  "GaussianDropout",
  "GaussianNoise",
  "BatchNormalization",
  "AveragePooling1D",
  "AveragePooling2D",
  "GlobalAveragePooling1D",
  "GlobalAveragePooling2D",
  "GlobalMaxPooling1D",
  "GlobalMaxPooling2D",
  "Add",
  "Average",
  "Concatenate",
]);

/**
 * The name of the activation that the model's output passes last: `softmax`, `sigmoid`, `linear`, `relu`, …, or
 * `unknown` where no layer says one. A nested model has that of its own output.
 *
 * @throws TypeError if the model has more than one input or output.
 */
export function headActivation(model: tf.LayersModel): string {
  return activationOf(lastLayer(model));
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
  const layer = lastLayer(model);
  const name = activationOf(layer);
  const putBack = name === "softmax" || name === "sigmoid" ? leaveOut(layer) : undefined;
  try {
    return model.apply(x, { training: options.training }) as tf.Tensor;
  } finally {
    putBack?.();
  }
}

/** Turns what `applyToLogits` returned into the model's output. */
export function applyHead(output: tf.Tensor, head: string): tf.Tensor {
  if (head === "softmax") return tf.softmax(output);
  return head === "sigmoid" ? tf.sigmoid(output) : output;
}

/** Takes a layer's activation away, until the function that it returns is called. */
function leaveOut(layer: Layer): () => void {
  if (layer.getClassName() === "Softmax") {
    const last = layer as unknown as SoftmaxLayer;
    const { softmax } = last;
    last.softmax = (x) => x;
    return () => {
      last.softmax = softmax;
    };
  }
  const last = layer as unknown as Required<Activated>;
  const { activation } = last;
  last.activation = linear;
  return () => {
    last.activation = activation;
  };
}

function activationOf(layer: Layer): string {
  const name = layer.getClassName();
  const { activation } = layer as unknown as Activated;
  if (activation) return activation.getClassName();
  if (name === "InputLayer") return "linear";
  // Over more than one axis it is no softmax of each sample's last axis.
  if (name === "Softmax") return severalAxes(layer) ? "unknown" : "softmax";
  if (!transparent.has(name)) return "unknown";
  return layersBefore(layer).every((before) => activationOf(before) === "linear") ? "linear" : "unknown";
}

function severalAxes(layer: Layer): boolean {
  const { axis } = layer as unknown as SoftmaxLayer;
  return Array.isArray(axis) && axis.length > 1;
}

function layersBefore(layer: Layer): Layer[] {
  const [node] = layer.inboundNodes;
  return (node?.inboundLayers ?? []).map(innermost);
}

/** The layer that the output comes from, that of a nested model in its place. */
function lastLayer(model: tf.LayersModel): Layer {
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    throw new TypeError(
      `Training a model needs one input and one output; "${model.name}" has ${model.inputs.length} inputs and ${model.outputs.length} outputs`,
    );
  return innermost(model);
}

function innermost(layer: Layer): Layer {
  if (!(layer instanceof tf.LayersModel) || layer.outputs.length !== 1) return layer;
  return innermost(layer.outputs[0]?.sourceLayer as Layer);
}
