import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { capture, tf } from "../../../src/native/index.js";

type Of = (x: tf.Tensor) => tf.Tensor;
type ActivationIdentifier = Parameters<typeof tf.layers.activation>[0]["activation"];

interface Case {
  readonly shape: number[];
  readonly aboveShape: number[];
  readonly x: number[];
  readonly above: number[];
  readonly first: number[];
  readonly second: number[];
}

/** In float64, by PyTorch: tests/oracles/native/secondGradients.py. */
const { epsilon, cases } = JSON.parse(
  readFileSync(new URL("../../oracles/native/secondGradients.json", import.meta.url), "utf8"),
) as { epsilon: number; cases: Record<string, Case> };

const layerNorm = tf.layers.layerNormalization({ epsilon, scale: false, center: false });
const batchNorm = tf.layers.batchNormalization({ epsilon, scale: false, center: false });
layerNorm.build([4, 5]);
batchNorm.build([5, 3]);
/** Of rank 5, as after a convolution of volumes. */
const ofVolumes = [-1, 1].map((axis) => {
  const layer = tf.layers.batchNormalization({ axis, epsilon });
  layer.build([2, 2, 1, 3, 2]);
  return (x: tf.Tensor) => layer.call(x, { training: true }) as tf.Tensor;
}) as [Of, Of];
const prelu = tf.layers.prelu();
prelu.build([3, 4]);
prelu.setWeights([tf.tensor([0.1, 0.2, 0.3, 0.4])]);

/** A layer's activation of x − 1. */
function activation(name: ActivationIdentifier): Of {
  const layer = tf.layers.activation({ activation: name });
  return (x) => layer.call(tf.sub(x, 1), {}) as tf.Tensor;
}

const functions: Record<string, Of> = {
  exp: tf.exp,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  relu: (x) => tf.relu(tf.sub(x, 0.5)),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  tile: (x) => tf.pow(tf.tile(x, [2, 3]), 3),
  einsum: (x) => tf.einsum("ab,cb->ac", x, x),
  stridedSlice: (x) => tf.square(tf.stridedSlice(x, [1, 0], [4, 3], [2, 1])),
  depthToSpace: (x) => tf.square(tf.depthToSpace(x as tf.Tensor4D, 2)),
  layerNorm: (x) => layerNorm.call(x, {}) as tf.Tensor,
  batchNorm: (x) => batchNorm.call(x, { training: true }) as tf.Tensor,
  elu: activation("elu"),
  selu: activation("selu"),
  leakyRelu: (x) => tf.square(tf.leakyRelu(tf.sub(x, 1), 0.3)),
  prelu: (x) => tf.square(prelu.call(tf.sub(x, 1), {}) as tf.Tensor),
  relu6: (x) => tf.square(tf.relu6(tf.sub(tf.mul(x, 8), 2))),
  softplus: activation("softplus"),
  softsign: activation("softsign"),
  hardSigmoid: (x) => tf.square(activation("hardSigmoid")(tf.sub(tf.mul(x, 4), 3))),
  swish: activation("swish"),
  mish: activation("mish"),
  gelu: activation("gelu"),
  geluNew: activation("gelu_new"),
  batchNormOfVolumes: ofVolumes[0],
  batchNormOfFirstAxis: ofVolumes[1],
};

/** ‖actual − expected‖₂ / ‖expected‖₂ */
function relative(actual: tf.Tensor, expected: readonly number[]): number {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  return Math.hypot(...expected.map((value, i) => (values[i] as number) - value)) / Math.hypot(...expected);
}

it.each(Object.keys(cases))(
  "a gradient through a gradient of %s is float64's, op by op and captured",
  (name) => {
    const given = cases[name] as Case;
    const f = functions[name] as (x: tf.Tensor) => tf.Tensor;
    const above = tf.tensor(given.above, given.aboveShape);
    const first = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(above, f(tf.square(x)))));
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.square(first(x))));
    const x = tf.tensor(given.x, given.shape);
    for (const run of [
      (f: (x: tf.Tensor) => tf.Tensor) => f(x),
      (f: (x: tf.Tensor) => tf.Tensor) => capture(f)(x),
    ]) {
      expect(relative(run(first), given.first)).toBeLessThan(1e-5);
      expect(relative(run(second), given.second)).toBeLessThan(2e-5);
    }
  },
);
