/** Nets around the layers of `layerCases.ts`, and samples for them. */
import { tf } from "../../../../src/native/index.js";
import { type LayerCase, layerCases } from "./layerCases.js";

type Layer = tf.layers.Layer;

const whole = new Set(["embedding", "categoryEncoding"]);

/** A net that trains: dense → the layers → dense, its output [n, 2]. */
export function netOf(name: string): tf.LayersModel {
  const { input, layers, isFirst } = layerCases[name] as LayerCase;
  const x = tf.input({ shape: [...input] });
  const lifted = isFirst
    ? x
    : (tf.layers.dense({ units: input.at(-1) as number, activation: "tanh" }).apply(x) as tf.SymbolicTensor);
  const made = layers();
  const between =
    typeof made === "function"
      ? made(lifted)
      : made.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, lifted);
  const flat = between.shape.length > 2 ? (tf.layers.flatten().apply(between) as tf.SymbolicTensor) : between;
  const output = tf.layers.dense({ units: 2, name: "last" }).apply(flat) as tf.SymbolicTensor;
  return tf.model({ inputs: x, outputs: output });
}

/** Seven samples. */
export function samplesOf(name: string): { x: tf.Tensor; y: tf.Tensor } {
  const { input } = layerCases[name] as LayerCase;
  const shape = [7, ...input];
  const isWhole = whole.has(name.split(/\W/)[0] as string);
  const x = isWhole
    ? tf.tidy(() => tf.floor(tf.randomUniform(shape, 0, 4.99, "float32", 5)))
    : tf.randomNormal(shape, 0, 1, "float32", 5);
  return { x, y: tf.randomNormal([7, 2], 0, 1, "float32", 6) };
}

/** The layers of the case alone, of which no net may be possible. */
export function layersOf(name: string): Layer[] {
  const { layers, broken } = layerCases[name] as LayerCase;
  if (!broken) return netOf(name).layers;
  const made = layers();
  return typeof made === "function" ? [] : made;
}
