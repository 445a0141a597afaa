/**
 * TensorFlow.js computes a convolution layer of images by an op of its own for convolution, bias and activation together,
 * which has no gradient with dilation. Here a layer with dilation takes them one by one.
 */
import { tf } from "./backend.js";

interface ConvLayer {
  readonly rank: number;
  readonly strides: [number, number];
  readonly padding: "valid" | "same" | "causal";
  readonly dataFormat: "channelsFirst" | "channelsLast";
  readonly dilationRate: [number, number];
  readonly kernel: { read(): tf.Tensor };
  readonly bias?: { read(): tf.Tensor } | null;
  readonly activation: { apply(x: tf.Tensor): tf.Tensor };
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
}

let prototype = tf.layers.conv2d({ name: "example", filters: 1, kernelSize: 1 }) as unknown as ConvLayer;
while (!Object.hasOwn(prototype, "call")) prototype = Object.getPrototypeOf(prototype) as ConvLayer;
const original = prototype.call;

prototype.call = function call(this: ConvLayer, inputs, kwargs) {
  const isDilated = [this.dilationRate].flat().some((rate) => rate > 1);
  if (this.rank !== 2 || !isDilated || this.padding === "causal") return original.call(this, inputs, kwargs);
  return tf.tidy(() => dilated(this, (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D));
};

function dilated(layer: ConvLayer, x: tf.Tensor4D): tf.Tensor {
  const { strides, padding, dilationRate, bias } = layer;
  const isFirst = layer.dataFormat === "channelsFirst";
  const image = isFirst ? tf.transpose(x, [0, 2, 3, 1]) : x;
  const filter = layer.kernel.read() as tf.Tensor4D;
  const convolved = tf.conv2d(image, filter, strides, padding as "same", "NHWC", dilationRate);
  const sum = bias ? tf.add(convolved, bias.read()) : convolved;
  // As TensorFlow.js has it: an activation over channels sees them last only where they are.
  return layer.activation.apply(isFirst ? tf.transpose(sum, [0, 3, 1, 2]) : sum);
}
