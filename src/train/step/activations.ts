/** What each layer puts out during one pass. */
import { tf } from "../../native/index.js";
import { applyHead, headActivations } from "../head.js";

type Layer = tf.LayersModel["layers"][number];
type Call = Layer["call"];

/** Layers that only move or drop values, or have none of their own. */
const passive = new Set([
  "InputLayer",
  "Flatten",
  "Reshape",
  "Permute",
  "RepeatVector",
  "Dropout",
  "SpatialDropout1D",
  "GaussianDropout",
  "GaussianNoise",
  "AlphaDropout",
  "Masking",
]);

/** The layers whose outputs are measured, input side first: those with one output. */
export function activeLayers(model: tf.LayersModel): Layer[] {
  return model.layers.filter((layer) => {
    const { outputShape } = layer as unknown as { outputShape: unknown[] };
    return !passive.has(layer.getClassName()) && !Array.isArray(outputShape[0]);
  });
}

/**
 * Runs `compute` and returns what each layer put out in it; of a layer used twice, the first. The outputs are kept:
 * whoever asked disposes them.
 *
 * @param compute is given what was recorded so far
 * @param most values of each output: of the batch's first samples, one at least; default all
 */
export function recordOutputs<T>(
  layers: readonly Layer[],
  compute: (recorded: () => readonly tf.Tensor[]) => T,
  most = Number.POSITIVE_INFINITY,
): { result: T; outputs: tf.Tensor[] } {
  const outputs = new Map<Layer, tf.Tensor>();
  const watched = [...new Set(layers.flatMap((layer) => [layer, lastWithin(layer)]))];
  const own = watched.map((layer) => Object.getOwnPropertyDescriptor(layer, "call"));
  for (const layer of watched) {
    const original: Call = layer.call;
    layer.call = function call(this: Layer, ...values: Parameters<Call>) {
      const output = original.apply(this, values);
      const [only] = Array.isArray(output) ? output : [output];
      if (!outputs.has(layer)) outputs.set(layer, tf.keep(firstSamples(only as tf.Tensor, most)));
      return output;
    };
  }
  try {
    const result = compute(() => [...outputs.values()]);
    const asked = layers.map((layer) => outputs.get(layer) ?? (outputs.get(lastWithin(layer)) as tf.Tensor));
    for (const output of outputs.values()) if (!asked.includes(output)) output.dispose();
    return { result, outputs: asked };
  } catch (error) {
    tf.dispose([...outputs.values()]);
    throw error;
  } finally {
    watched.forEach((layer, i) => {
      const descriptor = own[i];
      delete (layer as Partial<Layer>).call;
      if (descriptor) Object.defineProperty(layer, "call", descriptor);
    });
  }
}

/** A model that begins a Sequential is never called, only its layers are: the last gives what the model would. */
function lastWithin(layer: Layer): Layer {
  const { outputLayers, layers } = layer as Partial<tf.Sequential>;
  const last = outputLayers?.[0] ?? layers?.at(-1);
  return last ? lastWithin(last) : layer;
}

function firstSamples(output: tf.Tensor, most: number): tf.Tensor {
  const [samples = 1] = output.shape;
  const few = Math.max(1, Math.floor((most * samples) / output.size));
  // Gathered: a slice would be a view, which keeps the whole.
  return few < samples ? tf.gather(output, tf.range(0, few, 1, "int32")) : output.clone();
}

/** Layers that ran without their softmax or sigmoid: what they put out as the model's outputs have it. */
export function withHeads(model: tf.LayersModel, outputs: readonly tf.Tensor[]): tf.Tensor[] {
  const heads = headActivations(model);
  const ofLayer = new Map(model.outputs.map(({ sourceLayer }, k) => [sourceLayer.name, heads[k] as string]));
  return activeLayers(model).map(({ name }, i) =>
    applyHead(outputs[i] as tf.Tensor, ofLayer.get(name) ?? ""),
  );
}
