import { tf } from "../../native/index.js";
import type { SavedStep, SavedTensor } from "../seams.js";
import { modelWeights } from "../step/modelWeights.js";

/**
 * Gives a model the weights of a saved step, as validation had them. Weights are known by their order.
 *
 * @throws TypeError unless it has the same weights, of the same shapes; nothing is changed then.
 */
export function giveWeights(model: tf.LayersModel, { weights, evaluates }: SavedStep): void {
  const own = modelWeights(model);
  if (own.length !== weights.length)
    throw new TypeError(
      `loading weights needs the model that was trained, with ${weights.length} weights; "${model.name}" has ${own.length}`,
    );
  const values = weights.map(
    (weight): SavedTensor => (evaluates === undefined ? weight : (weight.slots[evaluates] ?? weight)),
  );
  own.forEach(({ name, variable }, i) => {
    const { shape } = values[i] as SavedTensor;
    if (`${variable.shape}` !== `${shape}`)
      throw new TypeError(
        `loading weights needs the model that was trained, whose ${weights[i]?.name} is [${shape}]; ${name} is [${variable.shape}]`,
      );
  });
  own.forEach(({ variable }, i) => {
    const { shape, values: numbers } = values[i] as SavedTensor;
    const tensor = tf.tensor(numbers, [...shape]);
    variable.assign(tensor);
    tensor.dispose();
  });
}
