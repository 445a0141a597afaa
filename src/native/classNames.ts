/**
 * The name under which a layer's class is saved, and found again. TensorFlow.js takes `static className`, which a class
 * without one of its own inherits: such a layer would be loaded as one of the class that it extends, and `undefined`
 * fails with a sentence about `replace` where the layer is to be named after it.
 */
import { tf } from "./backend.js";

type Class = typeof tf.layers.Layer;

const { prototype } = tf.layers.Layer;
const original = prototype.getClassName;
const { classNameMap } = tf.serialization.SerializationMap.getMap();

prototype.getClassName = function getClassName(this: tf.layers.Layer) {
  const own = this.constructor as Class;
  const given = original.call(this) as string | undefined;
  // A class that only adds to a model is loaded as a model.
  const isIts = Object.hasOwn(own, "className") || isRegistered(own, given) || this instanceof tf.LayersModel;
  return isIts && given !== undefined ? given : own.name || "Unnamed";
};

/** Whether loading finds this very class under the name. */
function isRegistered(layerClass: unknown, name: string | undefined): boolean {
  return name !== undefined && Object.hasOwn(classNameMap, name) && classNameMap[name]?.[0] === layerClass;
}
