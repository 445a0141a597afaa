import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fusedBatchNorm } from "../../../../src/native/gradients/fusedBatchNorm.js";
import { tf } from "../../../../src/native/index.js";
import { withoutRewrites } from "../../../../src/native/rewrites.js";

type Case = { readonly shape: number[] } & Readonly<Record<string, number[]>>;

/** In float64, by PyTorch: tests/oracles/native/batchNorm.py. */
const { epsilon, cases } = JSON.parse(
  readFileSync(new URL("../../../oracles/native/batchNorm.json", import.meta.url), "utf8"),
) as { epsilon: number; cases: Case[] };

/** ‖actual − expected‖₂ / ‖expected‖₂ */
function relative(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.hypot(...expected.map((value, i) => (actual[i] as number) - value)) / Math.hypot(...expected);
}

describe.each(cases)("of shape $shape", (given) => {
  const tensor = (name: string, shape: number[]) => tf.tensor(given[name] as number[], shape);
  const channels = [given.shape.at(-1) as number];
  const x = tensor("x", given.shape);
  const scale = tensor("scale", channels) as tf.Tensor1D;
  const offset = tensor("offset", channels) as tf.Tensor1D;

  it("normalises, and tells mean and biased variance", () => {
    const { output, mean, variance } = fusedBatchNorm(x, scale, offset, epsilon);
    expect(output.shape).toEqual(given.shape);
    for (const [name, actual] of Object.entries({ output, mean, variance }))
      expect(relative(actual.dataSync(), given[name] as number[])).toBeLessThan(2e-6);
  });

  it("has the gradients of float64", () => {
    const loss = (...inputs: tf.Tensor[]) => {
      const [a, b, c] = inputs as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
      return tf.sum(tf.mul(fusedBatchNorm(a, b, c, epsilon).output, tensor("above", given.shape)));
    };
    const [dx, dScale, dOffset] = tf.grads(loss)([x, scale, offset]) as [tf.Tensor, tf.Tensor, tf.Tensor];
    for (const [name, actual] of Object.entries({ dx, dScale, dOffset }))
      expect(relative(actual.dataSync(), given[name] as number[])).toBeLessThan(5e-6);
  });
});

// In deep nets with ReLUs the two differ by up to 1 %: rounding decides on which side of a kink a value falls.
it.each([[[]], [["batchNorm"]]] as const)(
  "the layer without %j has the gradients of float64 either way",
  (without) => {
    // TensorFlow.js's own has no more than four axes.
    for (const given of cases.filter(({ shape }) => shape.length <= 4)) {
      const layer = tf.layers.batchNormalization({ epsilon });
      layer.build(given.shape);
      const [gamma, beta] = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
      gamma?.assign(tf.tensor(given.scale as number[]));
      beta?.assign(tf.tensor(given.offset as number[]));
      const x = tf.variable(tf.tensor(given.x as number[], given.shape));
      const above = tf.tensor(given.above as number[], given.shape);
      const loss = () => tf.sum(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, above)) as tf.Scalar;
      const { grads } = withoutRewrites(without, () => tf.variableGrads(loss));
      for (const [variable, name] of [
        [x, "dx"],
        [gamma, "dScale"],
        [beta, "dOffset"],
      ] as const)
        expect(
          relative(grads[(variable as tf.Variable).name]?.dataSync() ?? [], given[name] as number[]),
        ).toBeLessThan(5e-6);
      tf.dispose([x, ...layer.getWeights()]);
    }
  },
);

describe("the layer", () => {
  const x = tf.randomNormal([6, 4, 4, 3], 2, 3, "float32", 1);

  it("normalises in training and moves its averages, with or without scale and offset", () => {
    for (const options of [{}, { scale: false, center: false }, { axis: 3 }]) {
      const layer = tf.layers.batchNormalization({ momentum: 0.5, ...options });
      const output = layer.apply(x, { training: true }) as tf.Tensor;
      const { mean, variance } = tf.moments(output, [0, 1, 2]);
      expect(Math.max(...tf.abs(mean).dataSync())).toBeLessThan(1e-5);
      expect(Math.abs((variance.dataSync()[0] as number) - 1)).toBeLessThan(1e-3);
      const [movingMean, movingVariance] = layer.getWeights().slice(-2);
      const batch = tf.moments(x, [0, 1, 2]);
      expect(
        relative(movingMean?.dataSync() ?? [], Array.from(tf.mul(batch.mean, 0.5).dataSync())),
      ).toBeLessThan(1e-5);
      const expected = tf.add(0.5, tf.mul(batch.variance, 0.5)).dataSync();
      expect(relative(movingVariance?.dataSync() ?? [], Array.from(expected))).toBeLessThan(1e-5);
    }
  });

  it("normalises over another axis as over the last, with its gradient and its averages", () => {
    const [first, last] = [1, 3].map((axis) => {
      const layer = tf.layers.batchNormalization({ axis, momentum: 0.5 });
      const image = axis === 1 ? tf.transpose(x, [0, 3, 1, 2]) : x;
      const back = (of: tf.Tensor) => (axis === 1 ? tf.transpose(of, [0, 2, 3, 1]) : of);
      const output = layer.apply(image, { training: true }) as tf.Tensor;
      const averages = layer.getWeights().slice(-2);
      const slope = tf.grad((of) => tf.sum(tf.pow(layer.apply(of, { training: true }) as tf.Tensor, 3)))(
        image,
      );
      return [back(output), back(slope), ...averages].map((of) => Array.from(of.dataSync()));
    });
    expect(first).toEqual(last);
  });

  it("is TensorFlow.js's own in inference", () => {
    const fresh = tf.layers.batchNormalization({ epsilon: 0.25 });
    const inference = fresh.apply(x, { training: false }) as tf.Tensor;
    expect(relative(inference.dataSync(), Array.from(tf.div(x, Math.sqrt(1.25)).dataSync()))).toBeLessThan(
      1e-6,
    );
  });
});
