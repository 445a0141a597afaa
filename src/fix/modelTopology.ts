/** A model's layers as TensorFlow.js writes them down (`model.toJSON`), and steps that change them. Pure. */

/** Options of a layer, by their names in the file. */
export type LayerConfig = Readonly<Record<string, unknown>> & { readonly name: string };

export interface TopologyLayer {
  readonly class_name: string;
  readonly config: LayerConfig;
  /** Of a functional model: the layer's name there, and where its inputs come from. */
  readonly name?: string;
  readonly inbound_nodes?: readonly (readonly NodeSource[])[];
}

/** Layer, node, tensor, and what the call was given. */
type NodeSource = readonly [string, number, number, Readonly<Record<string, unknown>>];
type TensorSource = readonly [string, number, number];

export interface ModelTopology {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & {
    readonly layers: readonly TopologyLayer[];
    readonly output_layers?: readonly TensorSource[];
  };
}

export function withLayers(topology: ModelTopology, layers: readonly TopologyLayer[]): ModelTopology {
  return { ...topology, config: { ...topology.config, layers } };
}

/** The layer with other options. */
export function withConfig(layer: TopologyLayer, changes: Readonly<Record<string, unknown>>): TopologyLayer {
  return { ...layer, config: { ...layer.config, ...changes } };
}

/** Puts a layer behind another: whatever took that one's output takes the new one's. */
export function insertAfter(
  topology: ModelTopology,
  name: string,
  added: { readonly class_name: string; readonly config: LayerConfig },
): ModelTopology {
  const { layers, output_layers: outputs } = topology.config;
  const at = layers.findIndex(({ config }) => config.name === name);
  if (topology.class_name === "Sequential") return withLayers(topology, layers.toSpliced(at + 1, 0, added));
  const moved = layers.map((layer) => ({
    ...layer,
    ...(layer.inbound_nodes && {
      inbound_nodes: layer.inbound_nodes.map((node) =>
        node.map(([from, ...rest]): NodeSource => [from === name ? added.config.name : from, ...rest]),
      ),
    }),
  }));
  const fresh: TopologyLayer = { ...added, name: added.config.name, inbound_nodes: [[[name, 0, 0, {}]]] };
  const ends = outputs?.map(
    ([from, ...rest]): TensorSource => [from === name ? added.config.name : from, ...rest],
  );
  const next = withLayers(topology, moved.toSpliced(at + 1, 0, fresh));
  return ends ? { ...next, config: { ...next.config, output_layers: ends } } : next;
}

/** Names of the layers whose outputs are the model's. */
export function outputNames({ class_name, config }: ModelTopology): string[] {
  if (class_name !== "Sequential" && config.output_layers) return config.output_layers.map(([name]) => name);
  const last = config.layers.at(-1);
  return last ? [last.config.name] : [];
}
