import type { tf } from "../../native/index.js";
import { statefulParts } from "../../native/statefulParts.js";
import { inRange } from "../../optim/bounds.js";
import { checkNamesIn } from "../../optim/weightSelection.js";
import type { CapturedStepOptions } from "../capturedStepOptions.js";
import { headsOf } from "../heads.js";
import { rematerializedAt } from "../rematerialize/rematerialize.js";
import { clippingOf } from "./clipping.js";
import { histogramEntries } from "./fixedSample.js";
import { lossWeightNames } from "./lossWeights.js";
import { infoOf, modelWeights, type Weight } from "./modelWeights.js";
import type { StepPlan } from "./stepBody.js";
import { noiseScalars, stepNoise } from "./stepNoise.js";

/**
 * Checks the options and settles what stays the same from step to step.
 *
 * @throws TypeError for a model that is not built or has nothing to train, or an unknown loss.
 * @throws RangeError for a clipNorm that is not above 0, or an optimiser that names weights the model has not.
 */
export function stepPlan(model: tf.LayersModel, options: CapturedStepOptions): StepPlan {
  if (!model.outputs?.length)
    throw new TypeError(
      `training needs a model that knows its input shape, but "${model.name}" does not: give its first layer an inputShape`,
    );
  if (!model.built) model.build(model.inputs[0]?.shape);
  const weights = trainedWeights(model);
  checkNamesIn(options.optimizer.name, options.optimizer.names ?? [], weights.map(infoOf));
  const heads = headsOf(model, options.loss);
  const { optimizer } = options;
  const clipping = clippingOf("training", options);
  checkNamesIn("training's clipAdaptive", clipping?.names ?? [], weights.map(infoOf));
  const smoothing = inRange("labelSmoothing", options.labelSmoothing ?? 0, { least: 0, below: 1 });
  if (smoothing > 0 && !heads.some(({ loss }) => loss.smooths))
    throw new TypeError(
      `labelSmoothing needs a loss over classes, but ${heads.map(({ loss }) => loss.name).join(", ")} has none`,
    );
  const weightNames = lossWeightNames(heads.length);
  const fixed = {
    ...(clipping && { clip: clipping.most }),
    ...(smoothing > 0 && { labelSmoothing: smoothing }),
    ...Object.fromEntries(
      weightNames.map((name, k) => [name, options.lossWeights?.[heads[k]?.name as string] ?? 1]),
    ),
  };
  const noise = stepNoise(model);
  const precision = options.precision ?? "float32";
  const groups = options.histograms ?? ["weights", "gradients", "activations"];
  return {
    model,
    weights,
    heads,
    optimizer,
    scalars: [
      ...Object.keys(optimizer.scalars(0, optimizer.learningRate)),
      ...Object.keys({ ...fixed, ...noiseScalars(noise) }),
      "share",
      ...(precision === "float16" ? ["lossScale"] : []),
    ],
    noise,
    stateful: statefulParts(model),
    fixed,
    clipping,
    guards: options.guards ?? false,
    precision,
    without: options.without ?? [],
    rowLosses: (options.rowLosses ?? false) && heads.length === 1,
    cuts: rematerializedAt("training", model, options.rematerialize),
    sampling: {
      weights: groups.includes("weights"),
      gradients: groups.includes("gradients"),
      activations: groups.includes("activations"),
      entries: options.histogramEntries ?? histogramEntries,
    },
  };
}

/**
 * The weights as they are to be trained now.
 *
 * @throws TypeError when none is trainable.
 */
export function trainedWeights(model: tf.LayersModel): Weight[] {
  const weights = modelWeights(model);
  if (weights.some(({ trainable }) => trainable)) return weights;
  const frozen = model.layers.filter(({ trainable }) => !trainable).map(({ name }) => `"${name}"`);
  const why = frozen.length > 0 ? `${frozen.join(", ")} is frozen` : "its layers have none";
  throw new TypeError(`training needs weights to train, but "${model.name}" has no trainable one: ${why}`);
}
