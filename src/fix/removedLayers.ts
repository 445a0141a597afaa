/** A model without some of its layers: what read a layer's output reads its input. Pure. */
import { type ModelTopology, type TopologyLayer, withLayers } from "./modelTopology.js";
import { NotApplicable } from "./notApplicable.js";

/** @throws NotApplicable if a layer has not one input. */
export function withoutLayers(topology: ModelTopology, names: readonly string[]): ModelTopology {
  return names.reduce(withoutLayer, topology);
}

type Source = NonNullable<TopologyLayer["inbound_nodes"]>[number][number];

function withoutLayer(topology: ModelTopology, name: string): ModelTopology {
  const { layers, output_layers: outputs } = topology.config;
  const gone = layers.find(({ config }) => config.name === name);
  if (!gone) throw new NotApplicable(`the model has no layer ${name}`);
  const rest = withLayers(
    topology,
    layers.filter((layer) => layer !== gone),
  );
  if (topology.class_name === "Sequential") return rest;
  const [node, ...more] = gone.inbound_nodes ?? [];
  const [source] = node ?? [];
  if (!source || more.length > 0 || node?.length !== 1)
    throw new NotApplicable(`${name} has not one input that could take its place`);
  const [from, nodeAt, tensorAt] = source;
  const past = (one: Source): Source => (one[0] === name ? [from, nodeAt, tensorAt, one[3]] : one);
  const led = withLayers(
    rest,
    rest.config.layers.map((layer) =>
      layer.inbound_nodes
        ? { ...layer, inbound_nodes: layer.inbound_nodes.map((one) => one.map(past)) }
        : layer,
    ),
  );
  if (!outputs) return led;
  const ends = outputs.map((end) => (end[0] === name ? ([from, nodeAt, tensorAt] as const) : end));
  return { ...led, config: { ...led.config, output_layers: ends } };
}
