import { expect, it } from "vitest";
import { installHost } from "../../../../src/base/host.js";
import { terminalHost } from "../../../../src/base/terminalHost.js";
import { arrays } from "../../../../src/data/arrays.js";
import { fit as trained } from "../../../../src/fit.js";
import { capture, tf } from "../../../../src/native/index.js";

installHost(terminalHost());

it.each([
  [1, 0],
  [1, 1],
  [1, -1],
  [3, 1],
])("gives the slope of each of %d parts back to its place on axis %d", (parts, axis) => {
  const shape = [2, 2, 2];
  shape.splice(axis, 1, parts);
  const x = tf.randomUniform(shape, 0, 1, "float32", 1);
  // Of Σ wᵢxᵢ the slope is w.
  const weights = tf.randomUniform(shape, 0, 1, "float32", 2);
  const slope = tf.grad((value: tf.Tensor) =>
    tf.addN(
      tf
        .unstack(value, axis)
        .map((part, i) => tf.sum(tf.mul(part, tf.unstack(weights, axis)[i] as tf.Tensor))),
    ),
  );
  for (const run of [slope, capture(slope)]) {
    const gradient = run(x);
    expect(gradient.shape).toEqual(shape);
    expect([...gradient.dataSync()]).toEqual([...weights.dataSync()]);
  }
});

it.each(["gru", "lstm"] as const)("trains a convolution before a %s on series of length 1", async (kind) => {
  const convolution = tf.layers.conv1d({ filters: 3, kernelSize: 1, inputShape: [1, 2] });
  const layers = [
    convolution,
    // With this activation it runs op by op.
    tf.layers[kind]({ units: 2, activation: "softsign" }),
    tf.layers.dense({ units: 1 }),
  ];
  const model = tf.sequential({ layers });
  const [before] = convolution.getWeights() as [tf.Tensor];
  const kernel = [...before.dataSync()];
  const data = arrays({ x: [[[1, 2]], [[2, -1]]], y: [0.5, -0.5], inputShape: [1, 2] });
  await trained(model, data, { epochs: 3, track: false, progress: false });
  const [after] = convolution.getWeights() as [tf.Tensor];
  for (const [i, value] of after.dataSync().entries()) {
    expect(Number.isFinite(value)).toBe(true);
    expect(value).not.toBe(kernel[i]);
  }
});
