/** Functions and models that a capture is tried on. */
import { tf } from "../../../../../src/native/index.js";

/** TensorFlow.js takes a seed of 0 for none. */
export const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed + 1);

type Example = readonly [
  name: string,
  fn: (...values: tf.Tensor[]) => unknown,
  values: (seed: number) => tf.Tensor[],
];

const dense = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.relu(tf.add(tf.matMul(x, w), b));
const affine = (s: number) => [normal([8, 6], s), normal([6, 4], s + 1), normal([4], s + 2)];
const images = (s: number) => [normal([2, 8, 8, 3], s), normal([3, 3, 3, 5], s + 1), normal([5], s + 2)];

/** Each a pure function of tensors. */
export const functions: readonly Example[] = [
  [
    "sums and products",
    (x, y) => tf.sub(tf.mul(x, y), tf.div(x, tf.add(tf.abs(y), 1))),
    (s) => [normal([3, 4], s), normal([3, 4], s + 1)],
  ],
  [
    "broadcasting",
    (x, y) => tf.maximum(tf.add(x, y), tf.mean(x, 1, true)),
    (s) => [normal([3, 4], s), normal([4], s + 1)],
  ],
  ["a dense layer", dense, affine],
  [
    "its gradients",
    (...values) =>
      tf.grads((x, w, b) => tf.sum(tf.square(dense(x as tf.Tensor, w as tf.Tensor, b as tf.Tensor))))(values),
    affine,
  ],
  [
    "a convolution",
    (x, w, b) =>
      tf.maxPool(
        tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"), b)) as tf.Tensor4D,
        2,
        2,
        "valid",
      ),
    images,
  ],
  [
    "its gradients, by pooling",
    (x, w) =>
      tf.grads((a, b) => tf.avgPool(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, "valid"), 2, 1, "same"))(
        [x as tf.Tensor, w as tf.Tensor],
      ),
    images,
  ],
  [
    "softmax cross-entropy",
    (x) => {
      const y = tf.oneHot(tf.tensor1d([0, 2, 1], "int32"), 4);
      return tf.valueAndGrad((z) => tf.losses.softmaxCrossEntropy(y, z))(x as tf.Tensor);
    },
    (s) => [normal([3, 4], s)],
  ],
  [
    "layer normalisation",
    (x) => {
      const { mean, variance } = tf.moments(x as tf.Tensor, -1, true);
      return tf.div(tf.sub(x as tf.Tensor, mean), tf.sqrt(tf.add(variance, 1e-5)));
    },
    (s) => [normal([5, 7], s)],
  ],
  [
    "products by their letters",
    (q, k, v) =>
      tf.einsum("bqk,bkd->bqd", tf.einsum("bqd,bkd->bqk", q as tf.Tensor, k as tf.Tensor), v as tf.Tensor),
    (s) => [normal([2, 3, 4], s), normal([2, 5, 4], s + 1), normal([2, 5, 4], s + 2)],
  ],
  [
    "slices, stacks and turns",
    (x) =>
      tf.concat([
        tf.stack(tf.unstack(tf.slice(x as tf.Tensor, [1, 0], [2, 4]))),
        tf.reverse(tf.tile(x as tf.Tensor, [2, 1]), 0),
        tf.pad(x as tf.Tensor2D, [
          [1, 0],
          [0, 0],
        ]),
      ]),
    (s) => [normal([3, 4], s)],
  ],
  [
    "gathering and scattering",
    (x) =>
      tf.scatterND(
        tf.tensor2d([[4], [1]], [2, 1], "int32"),
        tf.gather(x as tf.Tensor, tf.tensor1d([2, 0], "int32")),
        [6, 4],
      ),
    (s) => [normal([3, 4], s)],
  ],
  [
    "comparisons and choices",
    (x, y) =>
      tf.where(
        tf.logicalAnd(tf.greater(x as tf.Tensor, 0), tf.less(y as tf.Tensor, 1)),
        x as tf.Tensor,
        tf.cast(tf.expandDims(tf.argMax(y as tf.Tensor, 1), 1), "float32"),
      ),
    (s) => [normal([3, 4], s), normal([3, 4], s + 1)],
  ],
  [
    "whole numbers",
    (x) => {
      const n = tf.cast(tf.mul(x as tf.Tensor, 10), "int32");
      return [tf.mod(n, tf.scalar(3, "int32")), tf.cumsum(n, 1), tf.topk(n, 2)];
    },
    (s) => [normal([3, 4], s)],
  ],
  [
    "complex numbers",
    (x) => tf.abs(tf.fft(tf.complex(x as tf.Tensor, tf.neg(x as tf.Tensor)))),
    (s) => [normal([2, 8], s)],
  ],
  [
    "a resized image",
    (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [5, 5]),
    (s) => [normal([1, 8, 8, 3], s)],
  ],
  [
    "a decomposition",
    (x) => tf.linalg.bandPart(tf.matMul(x as tf.Tensor, x as tf.Tensor, true), 1, 0),
    (s) => [normal([4, 4], s)],
  ],
  [
    "a gradient of a gradient",
    (x) => tf.grad(tf.grad((z) => tf.sum(tf.mul(tf.square(z), tf.sin(z)))))(x as tf.Tensor),
    (s) => [normal([5], s)],
  ],
  [
    "texts",
    (x) =>
      tf.string.stringToHashBucketFast(tf.tensor1d(["a", "b"]), 10).add(tf.cast(x as tf.Tensor, "int32")),
    (s) => [normal([2], s)],
  ],
];

const { layers } = tf;

/** Each a model with the shape of its input, made anew with the same weights. */
export const models: Readonly<Record<string, () => tf.LayersModel>> = {
  "dense with penalties and dropout": () =>
    tf.sequential({
      layers: [
        layers.dense({
          units: 9,
          inputShape: [6],
          activation: "tanh",
          kernelRegularizer: tf.regularizers.l2(),
        }),
        layers.dropout({ rate: 0.4 }),
        layers.dense({ units: 3 }),
      ],
    }),
  "convolutions with batch normalisation": () =>
    tf.sequential({
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [7, 7, 2], activation: "relu" }),
        layers.batchNormalization(),
        layers.depthwiseConv2d({ kernelSize: 3, padding: "same" }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 3 }),
      ],
    }),
  "recurrent, both ways": () =>
    tf.sequential({
      layers: [
        layers.embedding({ inputDim: 11, outputDim: 5, inputLength: 6 }),
        layers.bidirectional({
          layer: layers.lstm({ units: 4, returnSequences: true }) as tf.RNN,
          mergeMode: "concat",
        }),
        layers.gru({ units: 4 }),
        layers.layerNormalization(),
        layers.dense({ units: 3 }),
      ],
    }),
};

/** A batch that the model takes: inputs, and numbers to come near to. */
export function batchFor(model: tf.LayersModel, seed: number): [tf.Tensor, tf.Tensor] {
  const [, ...shape] = (model.inputs[0] as tf.SymbolicTensor).shape;
  const sizes = [5, ...shape.map((size) => size ?? 6)];
  const isWords = model.layers.some((layer) => layer.getClassName() === "Embedding");
  const x = isWords ? tf.floor(tf.randomUniform(sizes, 0, 11, "float32", seed + 1)) : normal(sizes, seed);
  return [x, normal([5, 3], seed + 50)];
}

/** Two models with the same weights. */
export function twins(make: () => tf.LayersModel): [tf.LayersModel, tf.LayersModel] {
  const [one, other] = [make(), make()];
  other.setWeights(one.getWeights());
  return [one, other];
}
