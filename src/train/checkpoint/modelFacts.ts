/** What a model computes, given its weights. */
import { tf } from "../../native/index.js";
import { partsOf, plainFields } from "../../native/modelParts.js";
import { canonicalConfig } from "../step/canonicalConfig.js";
import { isDescribed } from "../step/ownClasses.js";

/**
 * The configuration of its layers, in which a layer's name is its number, since TensorFlow.js counts names up, and
 * without initial values. Of classes whose configuration does not say all, the numbers, texts and booleans on them, too.
 */
export function modelFacts(model: tf.LayersModel): unknown {
  const numbers = new Map(layersIn(model).map((name, i) => [name, `#${i}`]));
  const more = partsOf(model).filter((part) => !isDescribed(part));
  return {
    class: model.getClassName(),
    ...(canonicalConfig(model.getConfig() as object, numbers) as object),
    ...(more.length > 0 && { ownClasses: more.map(fieldsOf) }),
  };
}

interface Holder {
  readonly name: string;
  readonly layers?: readonly Holder[];
  readonly layer?: Holder;
}

/** Names of all layers, those inside others too. */
function layersIn({ layers = [], layer }: Holder): string[] {
  return [...layers, ...(layer ? [layer] : [])].flatMap((one) => [one.name, ...layersIn(one)]);
}

/** Without what every layer has, such as its number in this process. */
function fieldsOf(part: object): object {
  const common = new Set(Object.keys(tf.layers.activation({ name: "example", activation: "linear" })));
  const fields = plainFields(part).filter(([name]) => !common.has(name) && name !== "name");
  return { class: part.constructor.name, ...Object.fromEntries(fields) };
}
