/** A model's weights in the order a step keeps them. */
import { weightName } from "../../models/summary.js";
import type { tf } from "../../native/index.js";
import type { WeightInfo } from "../../optim/optimizer.js";

export interface Weight {
  /** `<layer>/<weight>`, unique in the model. */
  readonly name: string;
  readonly variable: tf.Variable;
  readonly trainable: boolean;
  /** What a weight must satisfy after each update, such as a bounded norm. */
  readonly constraint: { apply(weight: tf.Tensor): tf.Tensor } | undefined;
}

/** What an optimiser's choices between weights see of it. */
export function infoOf({ name, variable }: Weight): WeightInfo {
  return { name, shape: variable.shape };
}

interface LayerVariable {
  readonly originalName: string;
  readonly val: tf.Variable;
  readonly constraint?: { apply(weight: tf.Tensor): tf.Tensor } | null;
}

/** All weights, input side first; a shared layer's once. */
export function modelWeights(model: tf.LayersModel): Weight[] {
  const names = new Set<string>();
  const seen = new Set<tf.Variable>();
  const trainable = new Set(variables(model.trainableWeights).map(({ val }) => val));
  return model.layers.flatMap((layer) =>
    variables(layer.weights).flatMap((weight) => {
      if (seen.has(weight.val)) return [];
      seen.add(weight.val);
      const name = unique(weightName(layer, weight), names);
      const { val: variable, constraint } = weight;
      return [{ name, variable, trainable: trainable.has(variable), constraint: constraint ?? undefined }];
    }),
  );
}

function variables(weights: unknown): LayerVariable[] {
  return weights as LayerVariable[];
}

function unique(name: string, taken: Set<string>): string {
  let result = name;
  for (let n = 1; taken.has(result); n++) result = `${name}_${n}`;
  taken.add(result);
  return result;
}
