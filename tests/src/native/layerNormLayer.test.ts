import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";

const x = tf.randomNormal([3, 4, 5], 1, 2, "float32", 1);
const weights = tf.randomNormal([3, 4, 5], 0, 1, "float32", 2);

/** Output, slope, and what the layer has of its own. */
function normalised(options: { scale?: boolean; center?: boolean; axis?: number | number[] }) {
  const layer = tf.layers.layerNormalization(options);
  const apply = (value: tf.Tensor) => layer.apply(value) as tf.Tensor;
  const output = [...apply(x).dataSync()];
  const slope = [
    ...tf
      .grad((value) => tf.sum(tf.mul(weights, apply(value))))(x)
      .dataSync(),
  ];
  return { output, slope, names: layer.weights.map(({ originalName }) => originalName.split("/").at(-1)) };
}

it.each([
  [{ scale: false }, ["beta"]],
  [{ center: false }, ["gamma"]],
  [{ scale: false, center: false, axis: [1, 2] }, []],
])("%j trains, as with ones and zeros in their place", (options, names) => {
  const { axis } = options as { axis?: number[] };
  const whole = normalised(axis ? { axis } : {});
  const part = normalised(options);
  expect(part.output).toEqual(whole.output);
  expect(part.slope).toEqual(whole.slope);
  expect(part.names).toEqual(names);
  expect(whole.names).toEqual(["gamma", "beta"]);
});
