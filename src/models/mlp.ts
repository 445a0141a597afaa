import { tf } from "../native/index.js";
import { noteBuilt, withOptions } from "./builtModels.js";
import {
  addDenseStack,
  isModelOption,
  type ModelOptions,
  planModel,
  positiveIntegers,
} from "./modelOptions.js";

export interface MlpOptions extends ModelOptions {
  /** Units of each hidden layer, from the input on. May be empty: a linear classifier. */
  readonly hidden: readonly number[];
}

const own = { hidden: true } as const;

/**
 * A multi-layer perceptron: flatten, dense `hidden_1` … `hidden_n`, dense `output`.
 * With batch normalisation or dropout, layers `hidden_i_norm`, `hidden_i_activation`, `hidden_i_dropout` follow.
 * Same options → the same initial weights.
 *
 * @throws RangeError if an option is out of its range.
 * @example models.mlp({ inputShape: [28, 28, 1], hidden: [256], classes: 10, activation: "relu", dropout: 0.2 })
 */
export function mlp(options: MlpOptions): tf.LayersModel {
  const plan = planModel("models.mlp", options, own);
  positiveIntegers("models.mlp", "hidden", options.hidden);
  const model = tf.sequential({ name: options.name ?? "mlp" });
  model.add(tf.layers.inputLayer({ name: "input", inputShape: plan.inputShape }));
  if (plan.inputShape.length > 1) model.add(tf.layers.flatten({ name: "flatten" }));
  addDenseStack(model, plan, options.hidden);
  model.build();
  return noteBuilt(model, {
    has: (option) => isModelOption(option, own),
    again: (changes) => mlp(withOptions(options, changes)),
  });
}
