/** What a prescription changes in a model, done to its layers as they are written down. */
import type { Change } from "../doctor/index.js";
import { changedEnd } from "./changedEnd.js";
import {
  insertAfter,
  type ModelTopology,
  outputNames,
  type TopologyLayer,
  withConfig,
  withLayers,
} from "./modelTopology.js";
import { NotApplicable } from "./notApplicable.js";
import { withoutLayers } from "./removedLayers.js";

type ModelChange = NonNullable<Change["model"]>;

/** Layers that are nothing but an activation. */
const activationKinds = ["Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU"];
const foldingKinds = ["Dense", "Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "DepthwiseConv2D"];

/** Makes an initialiser as the file names it, for the kernel of a layer. */
export type NamedInitializer = (
  name: string,
  layer: string,
) => { readonly class_name: string; readonly config: unknown };

/**
 * Changes are those of `models.mlp`'s options: activation, initializer, dropout, l2, batchNorm, hidden, classes, outputs; beside them
 * `outputActivation`, and `trainable` and `removeLayers`, which name layers.
 *
 * @throws NotApplicable if the model has no place for one of them.
 */
export function changedTopology(
  topology: ModelTopology,
  change: ModelChange,
  initializer: NamedInitializer,
): ModelTopology {
  return Object.entries(change).reduce((changed, [name, value]) => {
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    if (!step) throw new NotApplicable(`models cannot be given ${name} by themselves`);
    return step(changed, value, initializer);
  }, topology);
}

type Step = (topology: ModelTopology, value: unknown, initializer: NamedInitializer) => ModelTopology;

const steps: Readonly<Record<string, Step>> = {
  activation: (topology, value) =>
    changing(topology, "hidden layers with an activation", bendsIn(topology), (layer) =>
      activationKinds.includes(layer.class_name)
        ? { ...layer, class_name: "Activation", config: { name: layer.config.name, activation: value } }
        : withConfig(layer, { activation: value }),
    ),
  outputActivation: (topology, value) => {
    const ends = outputNames(topology);
    const isEnd = ({ config }: TopologyLayer) => ends.includes(config.name) && "activation" in config;
    return {
      ...topology,
      config: {
        ...topology.config,
        layers: some(topology.config.layers, "an output layer with an activation", isEnd, (layer) =>
          withConfig(layer, { activation: value }),
        ),
      },
    };
  },
  initializer: (topology, value, initializer) => {
    const ends = outputNames(topology);
    const layers = some(topology.config.layers, "layers with kernels", hasKernel, (layer) => {
      const name = ends.includes(layer.config.name) ? "glorotUniform" : String(value);
      return withConfig(layer, {
        kernel_initializer: initializer(name, layer.config.name),
        ...(layer.config.use_bias === true && { bias_initializer: { class_name: "Zeros", config: {} } }),
      });
    });
    return withLayers(topology, layers);
  },
  l2: (topology, value) =>
    withLayers(
      topology,
      some(topology.config.layers, "layers with kernels", hasKernel, (layer) =>
        withConfig(layer, {
          kernel_regularizer: value === 0 ? null : { class_name: "L1L2", config: { l1: 0, l2: value } },
        }),
      ),
    ),
  dropout: (topology, value) => {
    const isDropout = ({ class_name }: TopologyLayer) => class_name === "Dropout";
    if (topology.config.layers.some(isDropout))
      return withLayers(
        topology,
        topology.config.layers.map((layer) =>
          isDropout(layer) ? withConfig(layer, { rate: value }) : layer,
        ),
      );
    return named(hiddenOf(topology, isActivated), "hidden layers with an activation").reduce(
      (changed, { config: { name } }) =>
        insertAfter(changed, name, {
          class_name: "Dropout",
          config: { name: `${name}_dropout`, rate: value },
        }),
      topology,
    );
  },
  batchNorm: (topology) => {
    const folded = hiddenOf(
      topology,
      (layer) => isActivated(layer) && foldingKinds.includes(layer.class_name),
    );
    return named(folded, "hidden layers with an activation of their own").reduce((changed, { config }) => {
      const { name, activation } = config;
      const linear = withLayers(
        changed,
        changed.config.layers.map((layer) =>
          layer.config.name === name ? withConfig(layer, { activation: "linear" }) : layer,
        ),
      );
      const norm = { class_name: "BatchNormalization", config: { name: `${name}_norm`, axis: -1 } };
      const after = { class_name: "Activation", config: { name: `${name}_activation`, activation } };
      return insertAfter(insertAfter(linear, name, norm), norm.config.name, after);
    }, topology);
  },
  hidden: (topology, value) => {
    const units = value as readonly number[];
    const dense = hiddenOf(topology, ({ class_name }) => class_name === "Dense");
    if (dense.length !== units.length)
      throw new NotApplicable(`${units.length} hidden layers cannot take the place of ${dense.length}`);
    const byName = new Map(dense.map(({ config }, i) => [config.name, units[i]]));
    return withLayers(
      topology,
      topology.config.layers.map((layer) => {
        const own = byName.get(layer.config.name);
        return own === undefined ? layer : withConfig(layer, { units: own });
      }),
    );
  },
  classes: (topology, value) => changedEnd(topology, { units: Number(value), activation: "softmax" }),
  outputs: (topology, value) => changedEnd(topology, { units: Number(value), activation: "linear" }),
  removeLayers: (topology, value) => withoutLayers(topology, value as readonly string[]),
  trainable: (topology, value) =>
    withLayers(
      topology,
      some(
        topology.config.layers,
        "such layers that are frozen",
        ({ config }) => (value as readonly string[]).includes(config.name) && config.trainable === false,
        (layer) => withConfig(layer, { trainable: true }),
      ),
    ),
};

/** Of a model without any activation the layers that may have one. */
function bendsIn(topology: ModelTopology): (layer: TopologyLayer) => boolean {
  if (hiddenOf(topology, isActivated).length > 0) return isActivated;
  return ({ class_name }) => foldingKinds.includes(class_name);
}

/** With an activation other than the identity that a change of it means: not a recurrent layer's own. */
function isActivated({ class_name, config }: TopologyLayer): boolean {
  if (activationKinds.includes(class_name)) return config.activation !== "softmax";
  return (
    foldingKinds.includes(class_name) && config.activation !== undefined && config.activation !== "linear"
  );
}

function hasKernel({ config }: TopologyLayer): boolean {
  return config.kernel_initializer !== undefined;
}

/** Those that are no output. */
function hiddenOf(topology: ModelTopology, fits: (layer: TopologyLayer) => boolean): TopologyLayer[] {
  const ends = outputNames(topology);
  return topology.config.layers.filter((layer) => !ends.includes(layer.config.name) && fits(layer));
}

function changing(
  topology: ModelTopology,
  what: string,
  fits: (layer: TopologyLayer) => boolean,
  change: (layer: TopologyLayer) => TopologyLayer,
): ModelTopology {
  const hidden = new Set(hiddenOf(topology, fits));
  return withLayers(
    topology,
    some(topology.config.layers, what, (layer) => hidden.has(layer), change),
  );
}

/** Changes those that fit. */
function some(
  layers: readonly TopologyLayer[],
  what: string,
  fits: (layer: TopologyLayer) => boolean,
  change: (layer: TopologyLayer) => TopologyLayer,
): TopologyLayer[] {
  named(layers.filter(fits), what);
  return layers.map((layer) => (fits(layer) ? change(layer) : layer));
}

function named<T>(found: readonly T[], what: string): readonly T[] {
  if (found.length === 0) throw new NotApplicable(`the model has no ${what}`);
  return found;
}
