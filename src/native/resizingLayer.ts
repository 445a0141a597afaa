/**
 * TensorFlow.js's layer that resizes images knows no batches of them: it hands the list of its inputs to an op that wants
 * the one in it, and tells the shape of a single image's output.
 */
import { tf } from "./backend.js";

interface ResizingLayer {
  readonly height: number;
  readonly width: number;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
  computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[];
}

const example = tf.layers.resizing({ name: "example", height: 1, width: 1 });
const prototype = Object.getPrototypeOf(example) as ResizingLayer;
const original = { call: prototype.call, computeOutputShape: prototype.computeOutputShape };

prototype.call = function call(this: ResizingLayer, inputs, kwargs) {
  return original.call.call(this, (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, kwargs);
};

prototype.computeOutputShape = function computeOutputShape(this: ResizingLayer, shape) {
  const input = (Array.isArray(shape[0]) ? shape[0] : shape) as tf.Shape;
  if (input.length !== 4) return original.computeOutputShape.call(this, shape);
  return [input[0] as number | null, this.height, this.width, input[3] as number | null];
};
