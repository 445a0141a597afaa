/** Makes `console.log(model)` and `console.log(layer)` readable: TensorFlow.js leaves its bookkeeping to `inspect`. */
import { inspectInstances } from "../base/inspection.js";
import { tf } from "../native/index.js";

/** Gives models and layers a form: a model by itself its summary, within another value one line as a layer. Idempotent. */
export function inspectModels(): void {
  inspectInstances(tf.layers.Layer as unknown as { prototype: tf.layers.Layer }, lineOf);
  inspectInstances(tf.LayersModel, (model) => [modelLine(model), ...summary(model)].join("\n"), modelLine);
}

function lineOf(layer: tf.layers.Layer): string {
  const weights = layer.built ? layer.countParams() : undefined;
  const state = weights === undefined ? "not built yet" : `${weights.toLocaleString("en-US")} parameters`;
  return `${layer.getClassName()} "${layer.name}": ${state}${layer.trainable ? "" : ", not trained"}`;
}

function modelLine(model: tf.LayersModel): string {
  if (!model.built) return `${lineOf(model)}, ${model.layers?.length ?? 0} layers`;
  const shapes = (of: readonly tf.SymbolicTensor[]) =>
    of.map(({ shape }) => `[${shape.map((side) => side ?? "n").join(", ")}]`).join(", ");
  return `${lineOf(model)}, ${shapes(model.inputs)} → ${shapes(model.outputs)}`;
}

/** TensorFlow.js's own table. */
function summary(model: tf.LayersModel): string[] {
  const lines: string[] = [];
  if (model.built) model.summary(undefined, undefined, (line) => lines.push(String(line)));
  return lines;
}
