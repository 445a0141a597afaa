/** When two models compute the same, given their weights as inputs: then one captured step serves both. */
import type { tf } from "../../native/index.js";
import { isModel, partsOf, plainValues } from "../../native/modelParts.js";
import { isByLibrary } from "../../optim/libraryOptimizers.js";
import { canonicalConfig } from "./canonicalConfig.js";
import { infoOf } from "./modelWeights.js";
import { isDescribed } from "./ownClasses.js";
import type { StepPlan } from "./stepBody.js";

/**
 * Equal texts mean the same computation. A model with layers, cells, activations, regularisers or constraints of the
 * user's own classes, or a loss or an optimiser of their own, equals only itself during one training: what they compute
 * cannot be seen from outside, so the key holds `training` and the numbers, texts and booleans that lie on them.
 *
 * @param training tells this training from every other
 */
export function stepKey(plan: StepPlan, training: string): string {
  const { model, weights, optimizer, heads, fixed, clipping, guards, precision, without } = plan;
  const { variant } = optimizer.transform;
  const trained = weights.map((weight) => {
    const clips = clipping?.of(infoOf(weight)) ? "c" : "";
    return weight.trainable && `1${clips}${variant?.(infoOf(weight)) ?? ""}`;
  });
  const losses = heads.map(({ loss }) => (loss.own === undefined ? loss.name : [training, loss.name]));
  const computation = [
    losses,
    isByLibrary(optimizer) ? optimizer.structure : [training, optimizer.structure],
    clipping?.kind,
    Object.keys(fixed),
    guards,
    precision,
    [...without].sort(),
  ];
  const noise = plan.noise.map(({ computation }) => computation);
  const cuts = plan.cuts.map(({ index }) => index);
  const parts = [computation, trained, noise, cuts, topology(model, training)];
  return JSON.stringify(parts);
}

function topology(model: tf.LayersModel, training: string): unknown {
  const parts = partsOf(model);
  const isKnown = parts.every(isDescribed) && !model.layers.flatMap(partsOf).some(isModel);
  if (!isKnown) return [training, ...parts.filter((part) => part !== model).map(plainValues)];
  const numbers = new Map(model.layers.map(({ name }, i) => [name, `#${i}`]));
  // Rates and seeds are the step's inputs.
  return [model.getConfig(), ...innerConfigs(model)].map((config) =>
    canonicalConfig(config, numbers, { withoutNoise: true }),
  );
}

/** Of the copies that bidirectional layers compute with: such a layer's configuration is that of the one it was given. */
function innerConfigs({ layers }: tf.LayersModel): object[] {
  const parts: { forwardLayer?: tf.layers.Layer; backwardLayer?: tf.layers.Layer }[] =
    layers.flatMap(partsOf);
  return parts.flatMap(({ forwardLayer, backwardLayer }) =>
    forwardLayer && backwardLayer ? [forwardLayer.getConfig(), backwardLayer.getConfig()] : [],
  );
}
