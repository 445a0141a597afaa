import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";

const { layers } = tf;
const x = tf.randomNormal<tf.Rank.R4>([2, 7, 7, 2], 0, 1, "float32", 1);
const options = { filters: 3, kernelSize: 2, dilationRate: 2, biasInitializer: "ones" } as const;
const values = (of: tf.SymbolicTensor | tf.Tensor | tf.Tensor[] | tf.SymbolicTensor[]) =>
  Array.from((of as tf.Tensor).dataSync());

it("is the convolution, the bias and the activation, with padding or without", () => {
  for (const padding of ["valid", "same"] as const) {
    const layer = layers.conv2d({ ...options, padding, activation: "tanh" });
    const output = layer.apply(x) as tf.Tensor;
    const [kernel, bias] = layer.getWeights() as [tf.Tensor4D, tf.Tensor];
    const convolved = tf.conv2d(x, kernel, 1, padding, "NHWC", 2);
    expect(values(output)).toEqual(values(tf.tanh(tf.add(convolved, bias))));
    expect(output.shape).toEqual(layer.computeOutputShape(x.shape));
  }
});

it("takes channels first, as TensorFlow.js does, and goes without a bias", () => {
  const layer = layers.conv2d({
    ...options,
    useBias: false,
    dataFormat: "channelsFirst",
    activation: "relu",
  });
  const first = layer.apply(tf.transpose(x, [0, 3, 1, 2])) as tf.Tensor;
  const [kernel] = layer.getWeights() as [tf.Tensor4D];
  const last = tf.relu(tf.conv2d(x, kernel, 1, "valid", "NHWC", 2));
  expect(values(tf.transpose(first, [0, 2, 3, 1]))).toEqual(values(last));
});
