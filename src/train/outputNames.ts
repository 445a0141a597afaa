/** What a model's inputs and outputs are called. */
import type { tf } from "../native/index.js";

/** The input layers' names. */
export function inputNames(model: tf.LayersModel): readonly string[] {
  return unique(model.inputs.map(({ sourceLayer }) => sourceLayer.name));
}

/** The names of the layers that the outputs come from; of a layer that makes two of them, the second is called `name_1`. */
export function outputNames(model: tf.LayersModel): readonly string[] {
  return unique(model.outputs.map(({ sourceLayer }) => sourceLayer.name));
}

function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 1; taken.has(free); n++) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
}
