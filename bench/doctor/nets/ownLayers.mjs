import { tf } from "../../../dist/src/index.js";

/** e to the power of its input: an activation that TensorFlow.js has not, and nobody should want. */
export class Exponential extends tf.layers.Layer {
  static className = "Exponential";
  computeOutputShape(shape) {
    return shape;
  }
  call(inputs) {
    return tf.exp(Array.isArray(inputs) ? inputs[0] : inputs);
  }
}

const withoutGradient = tf.customGrad((x, save) => {
  save([x]);
  return { value: x.clone(), gradFunc: (dy) => tf.zerosLike(dy) };
});

/** Lets values through and no gradient, as a forgotten `detach` does. */
export class Detached extends tf.layers.Layer {
  static className = "Detached";
  computeOutputShape(shape) {
    return shape;
  }
  call(inputs) {
    return withoutGradient(Array.isArray(inputs) ? inputs[0] : inputs);
  }
}

tf.serialization.registerClass(Exponential);
tf.serialization.registerClass(Detached);
