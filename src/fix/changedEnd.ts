/** A model with another end: a layer of so many units, whose activation suits what is learned. Pure. */
import {
  type ModelTopology,
  outputNames,
  type TopologyLayer,
  withConfig,
  withLayers,
} from "./modelTopology.js";
import { NotApplicable } from "./notApplicable.js";
import { withoutLayers } from "./removedLayers.js";

/** Layers behind the last one with weights, which the new end stands for. */
const passing = ["Activation", "Softmax", "ReLU", "LeakyReLU", "ELU", "Dropout"];

/** @throws NotApplicable if the model has several outputs, or ends in no dense layer. */
export function changedEnd(
  topology: ModelTopology,
  { units, activation }: { readonly units: number; readonly activation: "softmax" | "linear" },
): ModelTopology {
  const names = outputNames(topology);
  if (names.length !== 1) throw new NotApplicable("the model has several outputs");
  let left = topology;
  for (;;) {
    const end = endOf(left);
    if (end.class_name === "Dense") {
      return withLayers(
        left,
        left.config.layers.map((layer) => (layer === end ? withConfig(layer, { units, activation }) : layer)),
      );
    }
    if (!passing.includes(end.class_name))
      throw new NotApplicable(`the model ends in ${end.config.name}, which is no dense layer`);
    left = withoutLayers(left, [end.config.name]);
  }
}

function endOf(topology: ModelTopology): TopologyLayer {
  const [name] = outputNames(topology);
  const end = topology.config.layers.find(({ config }) => config.name === name);
  if (end) return end;
  throw new NotApplicable("the model has no output layer");
}
