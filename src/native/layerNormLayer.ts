/**
 * TensorFlow.js cannot train a layer normalisation without scale or without offset: what is absent breaks its gradients.
 * Here the layer computes with ones and zeros in their place.
 */
import { tf } from "./backend.js";

interface Variable {
  read(): tf.Tensor;
}

interface LayerNormLayer {
  /** After `build` a list. */
  readonly axis: readonly number[];
  scale: boolean;
  center: boolean;
  gamma?: Variable | null;
  beta?: Variable | null;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
}

const prototype = Object.getPrototypeOf(tf.layers.layerNormalization()) as LayerNormLayer;
const original = prototype.call;

prototype.call = function call(this: LayerNormLayer, inputs, kwargs) {
  const { scale, center, gamma, beta } = this;
  if (scale && center) return original.call(this, inputs, kwargs);
  const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
  const shape = this.axis.map((axis) => x.shape[axis] as number);
  return tf.tidy(() => {
    this.scale = true;
    this.center = true;
    this.gamma = scale ? (gamma as Variable) : { read: () => tf.ones(shape) };
    this.beta = center ? (beta as Variable) : { read: () => tf.zeros(shape) };
    try {
      return original.call(this, inputs, kwargs);
    } finally {
      Object.assign(this, { scale, center, gamma, beta });
    }
  });
};
