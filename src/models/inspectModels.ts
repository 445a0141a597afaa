/** Makes `console.log(model)` and `console.log(layer)` readable: TensorFlow.js leaves its bookkeeping to `inspect`. */
import { inspect } from "node:util";
import { counted } from "../base/counted.js";
import { inspectInstances } from "../base/inspection.js";
import { tf } from "../native/index.js";

type Layer = tf.layers.Layer;

/**
 * Gives models and layers a form: a model by itself its summary, a person's layer its own fields too, within another value
 * one line. Idempotent.
 */
export function inspectModels(): void {
  inspectInstances(tf.layers.Layer as unknown as { prototype: Layer }, layerText, lineOf);
  inspectInstances(tf.LayersModel, (model) => [modelLine(model), ...summary(model)].join("\n"), modelLine);
}

/** Of layers of TensorFlow.js, whose fields are its bookkeeping, the line alone. */
function layerText(layer: Layer): string {
  const fields = isOfTfjs(layer) ? {} : ownFields(layer);
  return Object.keys(fields).length === 0 ? lineOf(layer) : `${lineOf(layer)} ${inspect(fields)}`;
}

function lineOf(layer: Layer): string {
  const weights = hasWeights(layer) ? layer.countParams() : undefined;
  const state = weights === undefined ? "not built yet" : counted(weights, "parameter");
  return `${layer.getClassName()} "${layer.name}": ${state}${layer.trainable ? "" : ", not trained"}`;
}

/** A sequential model counts as built only once it was called; its layers are from the moment its input is known. */
function hasWeights(layer: Layer): boolean {
  return layer instanceof tf.LayersModel ? isConnected(layer) : layer.built;
}

function isConnected(model: tf.LayersModel): boolean {
  return (model.outputs?.length ?? 0) > 0;
}

function modelLine(model: tf.LayersModel): string {
  if (!isConnected(model)) return `${lineOf(model)}, ${counted(model.layers?.length ?? 0, "layer")}`;
  const shapes = (of: readonly tf.SymbolicTensor[]) =>
    of.map(({ shape }) => `[${shape.map((side) => side ?? "n").join(", ")}]`).join(", ");
  return `${lineOf(model)}, ${shapes(model.inputs)} → ${shapes(model.outputs)}`;
}

/** TensorFlow.js's own table. Counting the parameters has built the model. */
function summary(model: tf.LayersModel): string[] {
  const lines: string[] = [];
  if (isConnected(model)) model.summary(undefined, undefined, (line) => lines.push(String(line)));
  return lines;
}

/** By name: each of its classes has a factory that is called so. */
function isOfTfjs(layer: Layer): boolean {
  const name = layer.getClassName().toLowerCase();
  return Object.keys(tf.layers).some((factory) => factory.toLowerCase() === name);
}

/** What each layer has, whatever it computes. */
let common: ReadonlySet<string> | undefined;

function ownFields(layer: Layer): Record<string, unknown> {
  // With a name, since a layer without one counts up those that TensorFlow.js gives.
  common ??= new Set(Object.keys(new (class extends tf.layers.Layer {})({ name: "any" })));
  return Object.fromEntries(Object.entries(layer).filter(([key]) => !common?.has(key)));
}
