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
 * The name of the activation that each of the model's outputs passes last: `softmax`, `sigmoid`, `linear`, `relu`, …, or
 * `unknown` where no layer says one, or where a softmax or sigmoid cannot be left out. A nested model has that of its own
 * output.
 */
export function headActivations(model: tf.LayersModel): string[] {
  return headLayers(model).map(({ layer, isRead }) => {
    const name = activationOf(layer);
    return isRead && canBeLeftOut(name) ? "unknown" : name;
  });
}

export interface ApplyOptions {
  readonly training: boolean;
  /** Takes the place of the model's own `apply`. */
  readonly through?: ((x: readonly tf.Tensor[]) => tf.Tensor[]) | undefined;
}

/**
 * Applies the model with a final softmax or sigmoid left out.
 *
 * @param x float32 [n, …inputShape], one for each input
 * @returns for each output the logits [n, …outputShape] where the head is softmax or sigmoid, else the output.
 */
export function applyToLogits(
  model: tf.LayersModel,
  x: readonly tf.Tensor[],
  options: ApplyOptions,
): tf.Tensor[] {
  const { training, through } = options;
  const ends = headLayers(model).filter(({ layer, isRead }) => !isRead && canBeLeftOut(activationOf(layer)));
  const putBack = [...new Set(ends.map(({ layer }) => layer))].map(leaveOut);
  const [only] = x as [tf.Tensor];
  try {
    if (through) return through(x);
    const given = x.length === 1 ? only : [...x];
    const output = model.apply(given, { training }) as tf.Tensor | tf.Tensor[];
    return Array.isArray(output) ? output : [output];
  } finally {
    for (const put of putBack) put();
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
  const { inboundLayers = [], tensorIndices = [] } = node ?? {};
  return inboundLayers.map((before, i) => headLayer(before, tensorIndices[i] ?? 0).layer);
}

function canBeLeftOut(activation: string): boolean {
  return activation === "softmax" || activation === "sigmoid";
}

interface HeadLayer {
  readonly layer: Layer;
  /** Other layers read what it puts out: without its activation they would compute something else. */
  readonly isRead: boolean;
}

/** The layer that each output comes from, that of a nested model in its place. */
function headLayers(model: tf.LayersModel): HeadLayer[] {
  const read = readLayers(model);
  return model.outputs.map(({ sourceLayer, tensorIndex }) => {
    const outer = sourceLayer as Layer;
    const { layer, isRead } = headLayer(outer, tensorIndex);
    return { layer, isRead: isRead || read.has(outer) };
  });
}

/** @param output which of the layer's, if it is a model with several */
function headLayer(layer: Layer, output: number): HeadLayer {
  if (layer instanceof tf.LayersModel) return headLayers(layer)[output] as HeadLayer;
  return { layer, isRead: false };
}

/** What of a container TensorFlow.js does not declare: which of its layers' nodes are its own. */
interface Container {
  readonly containerNodes: ReadonlySet<string>;
}

/** The layers whose output another layer of the model reads. */
function readLayers(model: tf.LayersModel): Set<Layer> {
  const { containerNodes } = model as unknown as Container;
  return new Set(
    model.layers.flatMap((layer) =>
      layer.inboundNodes.flatMap((node, i) =>
        containerNodes.has(`${layer.name}_ib-${i}`) ? node.inboundLayers : [],
      ),
    ),
  );
}
