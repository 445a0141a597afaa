import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0] as number;

// It is linear in the input and in the filter: the slope along any direction is its value there.
it.each([
  ["valid", 1],
  ["valid", 2],
  ["same", 2],
] as const)("has the slopes of a linear function, padding %s, strides %s", (pad, strides) => {
  const length = pad === "same" ? 3 * strides : 2 * strides + 2;
  const shape: [number, number, number, number, number] = [2, length, length, length, 3];
  const input = pad === "same" ? [2, 3, 3, 3, 4] : [2, 3, 3, 3, 4];
  const transposed = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv3dTranspose(x as tf.Tensor5D, filter as tf.Tensor5D, shape, strides, pad);
  const [x, filter] = [random(input, 1), random([2, 2, 2, 3, 4], 2)];
  const [dx, dfilter] = [random(input, 3), random([2, 2, 2, 3, 4], 4)];
  const weights = random(shape, 5);
  const loss = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(weights, transposed(a, b)));
  const [slopeX, slopeFilter] = tf.grads(loss as never)([x, filter]) as [tf.Tensor, tf.Tensor];
  expect(slopeX.shape).toEqual(x.shape);
  expect(slopeFilter.shape).toEqual(filter.shape);
  expect(dot(slopeX, dx)).toBeCloseTo(dot(weights, transposed(dx, filter)), 3);
  expect(dot(slopeFilter, dfilter)).toBeCloseTo(dot(weights, transposed(x, dfilter)), 3);
});
