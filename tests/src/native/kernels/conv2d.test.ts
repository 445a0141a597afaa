/** A convolution that pads itself against one, without padding, of an image that was padded before. */
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

type Convolve = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;
type Pads = [[0, 0], [number, number], [number, number], [0, 0]];

const x = tf.randomNormal<tf.Rank.R4>([2, 6, 7, 3], 0, 1, "float32", 1);
const filter = tf.randomNormal<tf.Rank.R4>([3, 2, 3, 4], 0, 1, "float32", 2);
const pads: Pads = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];

/** The results, and the gradients of their squares' sum by the image and by the filter. */
function expectSame(ours: Convolve, reference: Convolve, of: [tf.Tensor4D, tf.Tensor4D] = [x, filter]): void {
  for (const compute of [ours, reference].map(withGradients)) results.push(compute(of));
  const [mine, wanted] = results.splice(0) as [tf.Tensor[], tf.Tensor[]];
  mine.forEach((tensor, i) => {
    const other = wanted[i] as tf.Tensor;
    expect(tensor.shape).toEqual(other.shape);
    const scale = (tf.max(tf.abs(other)).dataSync()[0] as number) + 1e-9;
    expect((tf.max(tf.abs(tf.sub(tensor, other))).dataSync()[0] as number) / scale).toBeLessThan(1e-5);
  });
}

const results: tf.Tensor[][] = [];
const withGradients = (convolve: Convolve) => (of: [tf.Tensor4D, tf.Tensor4D]) => {
  const loss = (a: tf.Tensor, b: tf.Tensor) =>
    tf.sum(tf.square(convolve(a as tf.Tensor4D, b as tf.Tensor4D)));
  return [convolve(...of), ...tf.grads(loss as never)(of)];
};

describe.each([1, 2, [2, 1] as [number, number]])("with strides %o", (strides) => {
  it("pads by numbers of rows and columns", () => {
    expectSame(
      (a, b) => tf.conv2d(a, b, strides, pads as never),
      (a, b) => tf.conv2d(tf.pad(a, pads), b, strides, "valid"),
    );
  });

  it("pads by one number", () => {
    const square = tf.randomNormal<tf.Rank.R4>([3, 3, 3, 4], 0, 1, "float32", 6);
    const around: Pads = [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ];
    const even = typeof strides === "number" ? strides : 2;
    expectSame(
      (a, b) => tf.conv2d(a, b, even, 1),
      (a, b) => tf.conv2d(tf.pad(a, around), b, even, "valid"),
      [x, square],
    );
  });

  it("takes channels first", () => {
    const [top, side] = [pads[1], pads[2]];
    const first = [[0, 0], [0, 0], top, side] as never;
    const turn = (a: tf.Tensor4D) => tf.transpose(a, [0, 3, 1, 2]);
    expectSame(
      (a, b) => tf.transpose(tf.conv2d(turn(a), b, strides, first, "NCHW"), [0, 2, 3, 1]),
      (a, b) => tf.conv2d(tf.pad(a, pads), b, strides, "valid"),
    );
  });

  it("pads depthwise too", () => {
    const depthwise = tf.randomNormal<tf.Rank.R4>([3, 2, 3, 2], 0, 1, "float32", 3);
    const even = typeof strides === "number" ? strides : 2;
    expectSame(
      (a, b) => tf.depthwiseConv2d(a, b, even, pads as never),
      (a, b) => tf.depthwiseConv2d(tf.pad(a, pads), b, even, "valid"),
      [x, depthwise],
    );
  });
});

it("rounds the size up: the last window may read rows that nobody asked for", () => {
  const [rows, columns] = [
    [1, 2],
    [1, 1],
  ];
  const result = tf.conv2d(x, filter, 2, 1, "NHWC", 1, "ceil");
  const wanted = tf.conv2d(
    tf.pad(x, [[0, 0], rows, columns, [0, 0]] as never),
    filter,
    2,
    "valid",
  ) as tf.Tensor;
  expect(result.shape).toEqual(wanted.shape);
  expect(tf.max(tf.abs(tf.sub(result, wanted))).dataSync()[0]).toBeLessThan(1e-4);
});

it("fuses bias and activation of images with channels first", () => {
  const image = tf.transpose(x, [0, 3, 1, 2]);
  const bias = tf.tensor1d([1, -1, 0.5, 2]);
  const slopes = tf.tensor1d([0.1, 0.2, 0.3, 0.4]);
  const fused = tf.fused.conv2d({
    x: image,
    filter,
    strides: 1,
    pad: "same",
    dataFormat: "NCHW",
    bias,
    activation: "prelu",
    preluActivationWeights: slopes,
  });
  const last = tf.prelu(tf.add(tf.conv2d(x, filter, 1, "same"), bias), slopes);
  const wanted = tf.transpose(last, [0, 3, 1, 2]);
  expect(tf.max(tf.abs(tf.sub(fused, wanted))).dataSync()[0]).toBeLessThan(1e-5);
});
