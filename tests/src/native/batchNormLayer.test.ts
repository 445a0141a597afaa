import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { withoutRewrites } from "../../../src/native/rewrites.js";

const shape = [2, 2, 1, 3, 2];
const values = Array.from({ length: 24 }, (_, i) => Math.sin(3 * i) + i / 10);
const weights = [
  [1.5, 0.5],
  [0.25, -1],
  [0.5, 1],
  [2, 0.25],
];
const epsilon = 1e-3;

/** With two channels, gamma, beta, mean and variance of each. */
function layerOver(axis: number) {
  const layer = tf.layers.batchNormalization({ axis, epsilon, momentum: 0.9 });
  layer.build(shape);
  layer.setWeights(weights.map((weight) => tf.tensor1d(weight)));
  return layer;
}

const channelOf = (i: number, axis: number) => (axis === -1 ? i % 2 : Math.floor(i / 6) % 2);
const perChannel = (axis: number, channel: number) => values.filter((_, i) => channelOf(i, axis) === channel);
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** In float64, by the definition. */
function expected(axis: number, statistics: (channel: number) => { mean: number; variance: number }) {
  return values.map((value, i) => {
    const channel = channelOf(i, axis);
    const { mean, variance } = statistics(channel);
    const [gamma, beta] = weights.map((weight) => weight[channel] as number) as [number, number];
    return ((value - mean) / Math.sqrt(variance + epsilon)) * gamma + beta;
  });
}

it.each([-1, 1])("normalises volumes by the averages over axis %i", (axis) => {
  const output = layerOver(axis).call(tf.tensor(values, shape), {}) as tf.Tensor;
  expect(output.shape).toEqual(shape);
  const known = expected(axis, (channel) => ({
    mean: weights[2]?.[channel] as number,
    variance: weights[3]?.[channel] as number,
  }));
  [...output.dataSync()].forEach((value, i) => {
    expect(value).toBeCloseTo(known[i] as number, 5);
  });
});

it.each([-1, 1])("trains on volumes over axis %i, with TensorFlow's kernel and without", (axis) => {
  const known = expected(axis, (channel) => {
    const list = perChannel(axis, channel);
    return { mean: mean(list), variance: mean(list.map((value) => (value - mean(list)) ** 2)) };
  });
  for (const without of [[], ["batchNorm"]] as const) {
    const layer = layerOver(axis);
    const train = () => layer.call(tf.tensor(values, shape), { training: true }) as tf.Tensor;
    const output = withoutRewrites(without, train);
    [...output.dataSync()].forEach((value, i) => {
      expect(value).toBeCloseTo(known[i] as number, 5);
    });
    const moved = layer.getWeights()[2]?.dataSync() ?? [];
    for (const channel of [0, 1])
      expect(moved[channel]).toBeCloseTo(
        0.9 * (weights[2]?.[channel] as number) + 0.1 * mean(perChannel(axis, channel)),
        5,
      );
  }
});
