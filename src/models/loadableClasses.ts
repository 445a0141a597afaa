/** Which layers' classes a program that loads a model could know. */
import { tf } from "../native/index.js";
import { partsOf } from "../native/modelParts.js";

/**
 * A class with a `className` may be registered by the program that loads the model. Without it that is not possible.
 *
 * @throws TypeError naming the layer.
 */
export function assertLoadable(model: tf.LayersModel): void {
  const known = tf.serialization.SerializationMap.getMap().classNameMap;
  const unknown = [...namesIn(model.toJSON(null, false))].filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  const layers = partsOf(model).filter((part) => part instanceof tf.layers.Layer);
  const lost = layers.find(
    (layer) => unknown.includes(layer.getClassName()) && !Object.hasOwn(layer.constructor, "className"),
  );
  if (!lost) return;
  const name = lost.getClassName();
  throw new TypeError(
    `saving a model needs layers whose classes can be found again; that of "${lost.name}", ${name}, has no className of its own: give it \`static className = "${name}"\`, and register it by tf.serialization.registerClass where the model is loaded`,
  );
}

/** The classes that a configuration tells to make. What a layer makes by itself is not in it. */
function namesIn(config: unknown, names = new Set<string>()): Set<string> {
  if (typeof config !== "object" || config === null) return names;
  const { class_name: name } = config as { class_name?: unknown };
  if (typeof name === "string") names.add(name);
  for (const inner of Object.values(config)) namesIn(inner, names);
  return names;
}
