/**
 * A model built anew with a prescription's changes: where `models.mlp` or `models.cnn` made it, by that call with the other options, so
 * that it begins with the weights that a changed program gives it; else from its layers as they are written down, with the weights from
 * before the training where they still fit.
 */
import { random } from "../base/random.js";
import type { Change } from "../doctor/index.js";
import { type Built, builtOf } from "../models/builtModels.js";
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
  /** Of one that `models.mlp` or `models.cnn` made. */
  readonly built?: Built;
}

type ModelChange = NonNullable<Change["model"]>;

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
  const built = builtOf(model);
  return { topology, weights, ...(built && { built }) };
}

/**
 * @param seed decides the weights that are drawn anew where no builder's call says them.
 * @throws NotApplicable if the model has no place for a change, or cannot be built anew.
 */
export async function changedModel(
  origin: ModelOrigin,
  change: ModelChange,
  seed: number,
): Promise<tf.LayersModel> {
  const { built } = origin;
  const [own, others] = parted(change, (name) => built?.has(name) === true);
  if (!built || Object.keys(own).length === 0 || !isAsBuilt(origin, built))
    return transformed(origin, change, seed);
  const model = calledAgain(built, own);
  try {
    const next = needsOrigin(modelOrigin(model));
    if (isSame(next, origin)) throw new NotApplicable("the model is so already");
    return await transformed(next, others, seed);
  } finally {
    model.dispose();
  }
}

/**
 * Why a program with such changes written into it begins with other weights than the changed model, a clause; undefined where it begins with
 * the same.
 */
export async function otherStart(origin: ModelOrigin, change: ModelChange): Promise<string | undefined> {
  if (Object.keys(change).length === 0) return undefined;
  if (origin.built && isAsBuilt(origin, origin.built)) return undefined;
  const again = await builtFrom(origin.topology);
  try {
    if (!isSame(needsOrigin(modelOrigin(again)), origin))
      return "the model began with weights that its layers' initialisers do not give by seeds of their own";
  } finally {
    again.dispose();
  }
  return drawsAnew(origin, change)
    ? "weights of changed layers are drawn by seeds that its code does not say"
    : undefined;
}

function drawsAnew({ topology }: ModelOrigin, change: ModelChange): boolean {
  const changed = changedTopology(topology, change, (class_name, layer) => ({ class_name, config: layer }));
  const before = byName(topology);
  return changed.config.layers.some(
    (layer) =>
      layer.config.kernel_initializer !== undefined && beginsAnew(before.get(layer.config.name), layer),
  );
}

function parted(change: ModelChange, isOwn: (name: string) => boolean): [ModelChange, ModelChange] {
  const entries = Object.entries(change);
  return [
    Object.fromEntries(entries.filter(([name]) => isOwn(name))),
    Object.fromEntries(entries.filter(([name]) => !isOwn(name))),
  ];
}

/** What a builder says of options that do not go together is a reason not to change them. */
function calledAgain(built: Built, change: ModelChange): tf.LayersModel {
  try {
    return built.again(change);
  } catch (error) {
    if (error instanceof RangeError) throw new NotApplicable(error.message, { cause: error });
    throw error;
  }
}

/** Nothing was done to its layers and weights between the builder's call and the training. */
function isAsBuilt(origin: ModelOrigin, built: Built): boolean {
  const again = built.again({});
  try {
    return isSame(needsOrigin(modelOrigin(again)), origin);
  } finally {
    again.dispose();
  }
}

/** To the bit. */
function isSame(one: ModelOrigin, other: ModelOrigin): boolean {
  const layers = ({ topology }: ModelOrigin) => JSON.stringify(topology.config.layers);
  return (
    layers(one) === layers(other) &&
    one.weights.size === other.weights.size &&
    [...one.weights].every(([name, { values }]) => {
      const wanted = other.weights.get(name)?.values;
      return wanted !== undefined && bytesOf(values).equals(bytesOf(wanted));
    })
  );
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function transformed(origin: ModelOrigin, change: ModelChange, seed: number): Promise<tf.LayersModel> {
  const source = random(seed).split("fix");
  const named = (name: string, layer: string) => {
    const made = initializer(name as InitializerName, source.split(layer));
    return { class_name: made.getClassName(), config: made.getConfig() };
  };
  const topology = changedTopology(origin.topology, change, named);
  const model = await builtFrom(topology);
  keepWeights(model, origin, topology);
  return model;
}

/** What its layers say while they are built is of a class that is not registered, or of shapes that no longer fit. */
async function builtFrom(topology: ModelTopology): Promise<tf.LayersModel> {
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
  const [before, after] = [byName(topology), byName(changed)];
  for (const layer of model.layers) {
    if (beginsAnew(before.get(layer.name), after.get(layer.name))) continue;
    for (const weight of layer.weights) {
      const kept = weights.get(weight.originalName);
      if (kept && String(kept.shape) === String(weight.shape)) write(weight, kept);
    }
  }
}

function byName({ config }: ModelTopology): Map<string, TopologyLayer> {
  return new Map(config.layers.map((layer) => [layer.config.name, layer]));
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
