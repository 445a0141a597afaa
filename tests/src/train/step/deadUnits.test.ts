import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { deadShare, rectifies } from "../../../../src/train/step/deadUnits.js";

function shareOf(values: tf.Tensor): number[] {
  const share = tf.tidy(() => Array.from(deadShare(values).dataSync()));
  values.dispose();
  return share;
}

it("counts units that are 0 in every row, and at every place of a picture", () => {
  expect(shareOf(tf.tensor2d([0, 1, 0, -0, 0, 0, 0, 2], [2, 4]))).toEqual([0.5]);
  expect(shareOf(tf.tensor4d([0, 0, 0, 5, 0, 0, 0, 0], [1, 2, 2, 2]))).toEqual([0.5]);
  expect(shareOf(tf.tensor2d([Number.NaN, 0, 0, 0], [2, 2]))).toEqual([0.5]);
  expect(shareOf(tf.tensor1d([0, 0, 3]))).toEqual([expect.closeTo(2 / 3)]);
});

it("is of layers alone whose activation is 0 for a whole range of sums", () => {
  const { dense, activation, reLU, thresholdedReLU, leakyReLU, conv2d } = tf.layers;
  const layers = [
    dense({ units: 2, activation: "relu" }),
    conv2d({ filters: 2, kernelSize: 1, activation: "relu6" }),
    activation({ activation: "relu" }),
    reLU(),
    thresholdedReLU(),
  ];
  expect(layers.map(rectifies)).toEqual(layers.map(() => true));
  const others = [dense({ units: 2 }), dense({ units: 2, activation: "elu" }), leakyReLU()];
  expect(others.map(rectifies)).toEqual([false, false, false]);
});
