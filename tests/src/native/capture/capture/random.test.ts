import { describe, expect, it } from "vitest";
import { capture, tf } from "../../../../../src/native/index.js";

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const ones = () => tf.ones([4, 6, 3]);
const apply = (layer: tf.layers.Layer) => () => layer.apply(ones(), { training: true }) as tf.Tensor;

/** Everything that draws on its way through TensorFlow.js. */
const sources: Readonly<Record<string, () => tf.Tensor>> = {
  randomUniform: () => tf.randomUniform([40], -1, 3),
  randomUniformInt: () => tf.randomUniformInt([40], 5, 90),
  randomNormal: () => tf.randomNormal([40], 2, 3),
  randomStandardNormal: () => tf.randomStandardNormal([40]),
  truncatedNormal: () => tf.truncatedNormal([40], 1, 0.5),
  randomGamma: () => tf.randomGamma([40], 2, 3),
  multinomial: () => tf.multinomial(tf.ones([9]) as tf.Tensor1D, 40),
  dropout: () => tf.dropout(ones(), 0.4),
  "Dropout layer": apply(tf.layers.dropout({ rate: 0.4 })),
  "SpatialDropout1D layer": apply(tf.layers.spatialDropout1d({ rate: 0.5 })),
  "GaussianDropout layer": apply(tf.layers.gaussianDropout({ rate: 0.4 })),
  "GaussianNoise layer": apply(tf.layers.gaussianNoise({ stddev: 1 })),
  "AlphaDropout layer": apply(tf.layers.alphaDropout({ rate: 0.4 })),
};
const rnn = tf.layers.simpleRNN({ units: 3, dropout: 0.5, recurrentDropout: 0.5, inputShape: [6, 3] });
rnn.apply(ones());
const all = { ...sources, "recurrent dropout": apply(rnn) };

describe.each(Object.entries(all))("%s", (_, draw) => {
  it("draws other numbers at each call, and the same for the same seed", () => {
    const captured = capture(draw, { seed: 11 });
    const calls = [values(captured()), values(captured()), values(captured())];
    expect(captured.captures).toHaveLength(1);
    expect(new Set(calls.map(String)).size).toBe(3);
    expect(values(captured.seeded(5))).toEqual(values(captured.seeded(5)));
    expect(values(captured.seeded(5))).not.toEqual(values(captured.seeded(6)));
    const again = capture(draw, { seed: 11 });
    expect([values(again()), values(again()), values(again())]).toEqual(calls);
    expect(values(capture(draw, { seed: 12 })())).not.toEqual(calls[0]);
    expect(values(capture(draw)())).not.toEqual(values(capture(draw)()));
  });

  it("draws the same op by op", () => {
    const eager = capture(draw, { eager: "always" });
    expect(values(capture(draw).seeded(3))).toEqual(values(eager.seeded(3)));
  });
});

/** Mean and deviation that the distribution has. */
const moments: readonly (readonly [name: string, draw: (shape: number[]) => tf.Tensor, number, number])[] = [
  ["randomUniform", (shape) => tf.randomUniform(shape, -1, 3), 1, 4 / Math.sqrt(12)],
  ["randomUniformInt", (shape) => tf.randomUniformInt(shape, 0, 10), 4.5, Math.sqrt(99 / 12)],
  ["randomNormal", (shape) => tf.randomNormal(shape, 2, 3), 2, 3],
  // scipy.stats.truncnorm(-2, 2).std()
  ["truncatedNormal", (shape) => tf.truncatedNormal(shape, 1, 2), 1, 2 * 0.8796256610342398],
  ["randomGamma", (shape) => tf.randomGamma(shape, 2, 4), 0.5, Math.sqrt(2) / 4],
];

it.each(moments)("%s has the mean and the deviation that it has on the host", (_, draw, mean, deviation) => {
  const n = 40_000;
  const drawn = values(capture(() => draw([n])).seeded(1));
  const average = drawn.reduce((sum, value) => sum + value, 0) / n;
  const spread = Math.sqrt(drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / n);
  expect(Math.abs(average - mean)).toBeLessThan((5 * deviation) / Math.sqrt(n));
  expect(Math.abs(spread / deviation - 1)).toBeLessThan(0.02);
});

it("bounds, types and seeds of the caller hold", () => {
  const captured = capture(() => ({
    whole: tf.randomUniform([500], 3, 6, "int32"),
    truncated: tf.truncatedNormal([500]),
    rounded: tf.randomNormal([500], 0, 5, "int32"),
    given: tf.randomNormal([5], 0, 1, "float32", 77),
  }));
  const { whole, truncated, rounded, given } = captured();
  expect([whole.dtype, rounded.dtype]).toEqual(["int32", "int32"]);
  expect(new Set(values(whole))).toEqual(new Set([3, 4, 5]));
  expect(Math.max(...values(truncated).map(Math.abs))).toBeLessThanOrEqual(2);
  expect(values(given)).toEqual(values(tf.randomNormal([5], 0, 1, "float32", 77)));
});

it("outside a capture they are TensorFlow.js's own", () => {
  expect(values(tf.randomUniform([3], 0, 1, "float32", 4))).toEqual(
    values(tf.randomUniform([3], 0, 1, "float32", 4)),
  );
  expect(values(tf.randomNormal([3]))).not.toEqual(values(tf.randomNormal([3])));
});
