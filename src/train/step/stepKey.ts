/** When two models compute the same, given their weights as inputs: then one captured step serves both. */
import type { tf } from "../../native/index.js";
import { layerNoise } from "../../native/seededLayers.js";
import { canonicalConfig } from "./canonicalConfig.js";
import { isModel, partsOf, plainFields } from "./modelParts.js";
import { infoOf } from "./modelWeights.js";
import { isDescribed } from "./ownClasses.js";
import type { StepPlan } from "./stepBody.js";

/**
 * Equal texts mean the same computation. A model with layers, cells, activations, regularisers or constraints of the
 * user's own classes equals only itself during one training: what they compute cannot be seen from outside, so the
 * key holds `training` and the numbers, texts and booleans that lie on them.
 *
 * @param training tells this training from every other
 */
export function stepKey(plan: StepPlan, training: string): string {
  const { model, weights, optimizer, heads, fixed, clipping, guards, sampling, precision } = plan;
  const { variant } = optimizer.transform;
  const trained = weights.map((weight) => {
    const clips = clipping?.of(infoOf(weight)) ? "c" : "";
    return weight.trainable && `1${clips}${variant?.(infoOf(weight)) ?? ""}`;
  });
  const losses = heads.map(({ loss }) => loss.name);
  const computation = [losses, optimizer.structure, clipping?.kind, Object.keys(fixed), guards, precision];
  const noise = plan.noise.map(({ isActive }) => isActive);
  const parts = [computation, sampling, trained, noise, topology(model, training)];
  return JSON.stringify(parts);
}

function topology(model: tf.LayersModel, training: string): unknown {
  const parts = partsOf(model);
  const isKnown = parts.every(isDescribed) && !model.layers.some(isModel);
  if (!isKnown) return [training, ...parts.filter((part) => part !== model).map(plainFields)];
  const numbers = new Map(model.layers.map(({ name }, i) => [name, `#${i}`]));
  return canonicalConfig(withoutNoise(model), numbers);
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
