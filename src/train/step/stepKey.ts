/** When two models compute the same, given their weights as inputs: then one captured step serves both. */
import { tf } from "../../native/index.js";
import { layerNoise } from "../../native/seededLayers.js";
import { infoOf } from "./modelWeights.js";
import { isOwn } from "./ownClasses.js";
import type { StepPlan } from "./stepBody.js";

/** Their configuration does not hold all that their output depends on. */
const undescribed = new Set(["AlphaDropout"]);

/**
 * Equal texts mean the same computation. A model with layers, cells, activations, regularisers or constraints of the
 * user's own classes equals only itself during one training: what they compute cannot be seen from outside, so the
 * key holds `training` and the numbers, texts and booleans that lie on them.
 *
 * @param training tells this training from every other
 */
export function stepKey(plan: StepPlan, training: string): string {
  const { model, weights, optimizer, loss, fixed, clipping, guards, sampling } = plan;
  const { variant } = optimizer.transform;
  const trained = weights.map((weight) => {
    const clips = clipping?.of(infoOf(weight)) ? "c" : "";
    return weight.trainable && `1${clips}${variant?.(infoOf(weight)) ?? ""}`;
  });
  const computation = [loss.name, optimizer.structure, clipping?.kind, Object.keys(fixed), guards];
  const noise = plan.noise.map(({ isActive }) => isActive);
  const parts = [computation, sampling, trained, noise, topology(model, training)];
  return JSON.stringify(parts);
}

function topology(model: tf.LayersModel, training: string): unknown {
  const parts = partsOf(model);
  const isDescribed =
    parts.every(isOwn) &&
    model.layers.every((layer) => !undescribed.has(layer.getClassName()) && !isModel(layer));
  if (!isDescribed) return [training, ...parts.filter((part) => part !== model).map(plainFields)];
  const numbers = new Map(model.layers.map(({ name }, i) => [name, `#${i}`]));
  return canonical(withoutNoise(model), numbers, false);
}

/** The configuration without the numbers that are inputs. */
function withoutNoise(model: tf.LayersModel): object {
  const config = model.getConfig() as { layers: { config: object }[] };
  const layers = config.layers.map((layer, i) => {
    const isNoise = layerNoise(model.layers[i] as object) !== undefined;
    return isNoise ? { ...layer, config: { ...layer.config, rate: undefined, stddev: undefined } } : layer;
  });
  return { ...config, layers };
}

function plainFields(part: object): unknown[] {
  return Object.entries(part).filter(([, value]) => ["number", "string", "boolean"].includes(typeof value));
}

/** The model, its layers, and what computes in them: nested layers, cells, activations, penalties, constraints. */
function partsOf(model: tf.LayersModel): object[] {
  const found = new Set<object>();
  const visit = (part: object) => {
    if (found.has(part)) return;
    found.add(part);
    for (const [name, value] of Object.entries(part)) {
      if (/initializer$/i.test(name)) continue;
      const computes = /(activation|regularizer|constraint)$/i.test(name);
      for (const item of Array.isArray(value) ? value : [value])
        if (item instanceof tf.serialization.Serializable || (computes && isObject(item))) visit(item);
    }
  };
  visit(model);
  return [...found];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isModel(layer: object): boolean {
  return "layers" in layer || "layer" in layer;
}

/** Where the configuration refers to layers by name. */
const referring = new Set(["name", "inboundNodes", "inputLayers", "outputLayers"]);

/** The configuration without what does not change the computation: names and initial values. */
function canonical(value: unknown, numbers: ReadonlyMap<string, string>, refers: boolean): unknown {
  if (typeof value === "string") return refers ? (numbers.get(value) ?? "") : value;
  if (Array.isArray(value)) return value.map((item) => canonical(item, numbers, refers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/Initializer$/.test(key))
      .map(([key, item]) => [key, canonical(item, numbers, refers || referring.has(key))]),
  );
}
