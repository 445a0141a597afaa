/** Whether a value is a model that can be exported. */
import { inspect } from "node:util";
import { tf } from "../backend.js";
import { statefulParts } from "../statefulParts.js";

/**
 * @throws TypeError for what is no layers model, or one that is not built; RangeError for a free size besides the batch's,
 *   and for stateful layers.
 */
export function refuseModel(model: unknown): asserts model is tf.LayersModel {
  if (!(model instanceof tf.LayersModel))
    throw new TypeError(
      `exporting a model needs a layers model, such as tf.sequential's, but was given ${inspect(model, { depth: 0 })}`,
    );
  if (!(model.inputs?.length > 0) || !(model.outputs?.length > 0))
    throw new TypeError(
      `exporting a model needs one that is built, but ${model.name} is not: give its first layer an inputShape`,
    );
  for (const { name, shape } of model.inputs)
    if (shape.slice(1).includes(null))
      throw new RangeError(
        `exporting a model needs all sizes of its inputs but the batch's, but ${name} has [${shape.map((size) => size ?? "any").join(",")}]`,
      );
  const [stateful] = statefulParts(model).filter(isLayer);
  if (stateful)
    throw new RangeError(
      `exporting a model needs layers without state, but ${stateful.name} is stateful: a saved model would begin anew at each call`,
    );
}

/** Models say of themselves that one of their layers is stateful. */
function isLayer(part: object): part is tf.layers.Layer {
  return part instanceof tf.layers.Layer && !(part instanceof tf.LayersModel);
}
