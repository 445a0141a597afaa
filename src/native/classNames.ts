/**
 * A layer's class without a static `className` goes by its own name. TensorFlow.js takes `undefined` for its name then, and
 * fails with a sentence about `replace` where the layer is to be named after it.
 */
import { tf } from "./backend.js";

const { prototype } = tf.layers.Layer;
const original = prototype.getClassName;

prototype.getClassName = function getClassName(this: tf.layers.Layer) {
  return (original.call(this) as string | undefined) ?? this.constructor.name;
};
