/**
 * TensorFlow.js tiles mean, variance, scale and offset of a layer normalisation to the size of its input, and takes the
 * gradient of each. This gives the layer the closed form over the last axes, as nearly all have it.
 */
import { sizeOfShape } from "../base/sizeOfShape.js";
import { tf } from "./backend.js";
import { layerNorm } from "./gradients/layerNorm.js";
import { applies } from "./rewrites.js";
import { type NormalisationWeights, wholeLayer, wholeWeights } from "./standIns.js";

interface LayerNormLayer extends NormalisationWeights {
  /** After `build` a list of axes from 0. */
  readonly axis: readonly number[];
  readonly epsilon: number;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
}

const prototype = Object.getPrototypeOf(tf.layers.layerNormalization()) as LayerNormLayer;
const original = prototype.call;

prototype.call = function call(this: LayerNormLayer, inputs, kwargs) {
  const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
  const shape = this.axis.map((axis) => x.shape[axis] as number);
  const isClosed = applies("layerNorm") && x.dtype === "float32" && areLast(this.axis, x.rank);
  return tf.tidy(() =>
    isClosed ? overLast(this, x, shape) : original.call(wholeLayer(this, shape), inputs, kwargs),
  );
};

/** Such as 2, or 1 and 2, of rank 3. */
function areLast(axes: readonly number[], rank: number): boolean {
  return axes.every((axis, i) => axis === rank - axes.length + i);
}

/** The axes that are normalised over are seen as one. */
function overLast(layer: LayerNormLayer, x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const n = sizeOfShape(shape);
  const others = x.rank > shape.length ? x.shape.slice(0, x.rank - shape.length) : [1];
  const { gamma, beta } = wholeWeights(layer, shape);
  const weights = {
    scale: tf.reshape(gamma.read(), [n]) as tf.Tensor1D,
    offset: tf.reshape(beta.read(), [n]) as tf.Tensor1D,
  };
  return tf.reshape(layerNorm(tf.reshape(x, [...others, n]), weights, layer.epsilon), x.shape);
}
