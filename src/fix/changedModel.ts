/** A model built anew with a prescription's changes, its weights as they were before the training where they still fit. */
import { random } from "../base/random.js";
import type { Change } from "../doctor/index.js";
import { type InitializerName, initializer } from "../models/initializer.js";
import { tf } from "../native/index.js";
import { changedTopology } from "./changedTopology.js";
import type { ModelTopology, TopologyLayer } from "./modelTopology.js";
import { NotApplicable } from "./notApplicable.js";

/** A weight as it was before the first step. */
export interface InitialWeight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface ModelOrigin {
  readonly topology: ModelTopology;
  /** By the weights' names in the model; those of `model.getWeights()`. */
  readonly weights: ReadonlyMap<string, InitialWeight>;
}

/** More than these bytes of weights are not kept beside a model that trains. */
const mostBytes = 64e6;

/**
 * What a model is before it is trained; undefined for one that cannot be built anew: with a class that cannot be written
 * down, or more weights than are kept.
 */
export function modelOrigin(model: tf.LayersModel): ModelOrigin | undefined {
  if (4 * model.countParams() > mostBytes) return undefined;
  let topology: ModelTopology;
  try {
    topology = model.toJSON(undefined, false) as unknown as ModelTopology;
  } catch {
    // A layer of a person's own that has no configuration.
    return undefined;
  }
  const weights = new Map(
    model.weights.map((weight) => {
      const tensor = weight.read();
      return [weight.originalName, { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) }];
    }),
  );
  return { topology, weights };
}

/**
 * @param seed decides the weights that are drawn anew.
 * @throws NotApplicable if the model has no place for a change, or cannot be built anew.
 */
export async function changedModel(
  origin: ModelOrigin,
  change: NonNullable<Change["model"]>,
  seed: number,
): Promise<tf.LayersModel> {
  const source = random(seed).split("fix");
  const named = (name: string, layer: string) => {
    const made = initializer(name as InitializerName, source.split(layer));
    return { class_name: made.getClassName(), config: made.getConfig() };
  };
  const topology = changedTopology(origin.topology, change, named);
  const model = await built(topology);
  keepWeights(model, origin, topology);
  return model;
}

/** What its layers say while they are built is of a class that is not registered, or of shapes that no longer fit. */
async function built(topology: ModelTopology): Promise<tf.LayersModel> {
  try {
    return await tf.loadLayersModel({
      load: async () => ({ modelTopology: topology as unknown as object }),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotApplicable(`the model cannot be built anew: ${why}`, { cause: error });
  }
}

/** Layers that begin as they did have the weights with which they did. */
function keepWeights(
  model: tf.LayersModel,
  { topology, weights }: ModelOrigin,
  changed: ModelTopology,
): void {
  const before = new Map(topology.config.layers.map((layer) => [layer.config.name, layer]));
  const after = new Map(changed.config.layers.map((layer) => [layer.config.name, layer]));
  for (const layer of model.layers) {
    if (beginsAnew(before.get(layer.name), after.get(layer.name))) continue;
    for (const weight of layer.weights) {
      const kept = weights.get(weight.originalName);
      if (kept && String(kept.shape) === String(weight.shape)) write(weight, kept);
    }
  }
}

function write(weight: tf.LayerVariable, { shape, values }: InitialWeight): void {
  const tensor = tf.tensor(values, [...shape]);
  weight.write(tensor);
  tensor.dispose();
}

/** A layer with other units or another initialiser. */
function beginsAnew(before: TopologyLayer | undefined, after: TopologyLayer | undefined): boolean {
  const start = (layer: TopologyLayer | undefined) =>
    JSON.stringify([layer?.config.units, layer?.config.kernel_initializer, layer?.config.bias_initializer]);
  return before === undefined || start(before) !== start(after);
}

/** @throws NotApplicable without one. */
export function needsOrigin(origin: ModelOrigin | undefined): ModelOrigin {
  if (origin) return origin;
  throw new NotApplicable(
    `the model cannot be built anew: it has a layer that cannot be written down, or over ${mostBytes / 1e6} MB of weights`,
  );
}
