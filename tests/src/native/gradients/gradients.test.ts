import { describe, expect, it } from "vitest";
import { sparseCrossEntropy } from "../../../../src/native/gradients/sparseCrossEntropy.js";
import { tf } from "../../../../src/native/index.js";

/** Central differences in float64 of a function written in plain JavaScript. */
function numericalGradient(f: (x: number[]) => number, x: number[]): number[] {
  const h = 1e-6;
  return x.map((_, i) => {
    const moved = (by: number) => f(x.map((value, j) => (i === j ? value + by : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 2e-6) {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
  });
}

const points = [-2.5, -0.3, 0.2, 1.7, 4];
const weights = [1, -2, 3, 0.5, 1.5];
const weighted = (y: readonly number[]) =>
  y.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);

describe("gradients that replace TensorFlow.js's", () => {
  it.each([
    ["relu", (x: tf.Tensor): tf.Tensor => tf.relu(x), (x: number) => Math.max(0, x)],
    ["sigmoid", (x: tf.Tensor): tf.Tensor => tf.sigmoid(x), (x: number) => 1 / (1 + Math.exp(-x))],
    ["tanh", (x: tf.Tensor): tf.Tensor => tf.tanh(x), Math.tanh],
  ] as const)("%s", (_name, native, plain) => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(native(x), tf.tensor1d(weights))))(
      tf.tensor1d(points),
    );
    expectClose(
      gradient.dataSync(),
      numericalGradient((x) => weighted(x.map(plain)), points),
    );
  });

  it("relu has slope 0 at 0", () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.relu(x)))(tf.tensor1d([0, -0, 1]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 1]);
  });

  it.each([
    [[3], [4]],
    [
      [2, 3],
      [1, 5],
    ],
    [
      [2, 3],
      [4, 1],
    ],
    [
      [2, 1, 3],
      [2, 3, 2],
    ],
  ])("tile of %o by %o is the sum over its repetitions", (shape, reps) => {
    const x = tf.randomNormal(shape, 0, 1, "float32", 1);
    const tiledShape = shape.map((size, axis) => size * (reps[axis] as number));
    const dy = tf.randomNormal(tiledShape, 0, 1, "float32", 2);
    const gradient = tf.grad((a: tf.Tensor) => tf.sum(tf.mul(tf.tile(a, reps), dy)))(x);
    const expected = tileGradient(dy, shape);
    expect(gradient.shape).toEqual(shape);
    expectClose(gradient.dataSync(), expected);
  });
});

/** Each entry of dy belongs to the entry of x whose indices are its own, modulo x's shape. */
function tileGradient(dy: tf.Tensor, shape: readonly number[]): number[] {
  const sums = new Array<number>(shape.reduce((product, size) => product * size, 1)).fill(0);
  dy.dataSync().forEach((value, flat) => {
    let rest = flat;
    let target = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const index = rest % (dy.shape[axis] as number);
      rest = Math.floor(rest / (dy.shape[axis] as number));
      target += (index % (shape[axis] as number)) * stride;
      stride *= shape[axis] as number;
    }
    sums[target] = (sums[target] as number) + value;
  });
  return sums;
}

describe("sparseCrossEntropy", () => {
  const logits = [
    [2, -1, 0.5],
    [1000, 0, -1000],
    [0, 0, 0],
  ];
  const labels = [2, 0, 1];
  const plain = (row: readonly number[], label: number) => {
    const max = Math.max(...row);
    return Math.log(row.reduce((sum, z) => sum + Math.exp(z - max), 0)) + max - (row[label] as number);
  };

  it("is −log softmax at the label, without overflow", () => {
    const loss = sparseCrossEntropy(tf.tensor2d(logits), tf.tensor1d(labels, "int32"));
    expectClose(
      loss.dataSync(),
      logits.map((row, i) => plain(row, labels[i] as number)),
    );
  });

  it("has the gradient softmax − one-hot, times what comes from above", () => {
    const factors = [1, 2, -3];
    const gradient = tf.grad((x: tf.Tensor) =>
      tf.sum(
        tf.mul(sparseCrossEntropy(x as tf.Tensor2D, tf.tensor1d(labels, "int32")), tf.tensor1d(factors)),
      ),
    )(tf.tensor2d(logits));
    const expected = logits.flatMap((row, i) =>
      numericalGradient((z) => (factors[i] as number) * plain(z, labels[i] as number), row),
    );
    expectClose(gradient.dataSync(), expected, 2e-5);
  });
});
