import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { movingAverage } from "./moments.js";
import type { Optimizer, Transform } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate, trace } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface RmspropOptions extends DecayOptions {
  /** Base rate, at least 0; default 0.01. */
  readonly learningRate?: number;
  /** Decay of the mean square, in [0, 1); default 0.99. */
  readonly alpha?: number;
  /** Added to the root, at least 0; default 1e-8. */
  readonly epsilon?: number;
  /** In [0, 1); default 0. */
  readonly momentum?: number;
  /** Divide by the root of the variance instead of the mean square. Default false. */
  readonly centered?: boolean;
  /** L2 penalty added to the gradient, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<RmspropOptions> = {
  learningRate: true,
  alpha: true,
  epsilon: true,
  momentum: true,
  centered: true,
  ...decayNames,
};

/**
 * Gradients over the root of their mean square: w ← w − learningRate · g / (√v + epsilon)
 * (Hinton, lecture 6e of Neural Networks for Machine Learning, 2012; centered: Graves 2013, eq. 38–45),
 * as `torch.optim.RMSprop`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example rmsprop({ learningRate: 1e-3, momentum: 0.9 })
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  refuseUnknown("rmsprop", options, known, {
    ...foreignNames,
    rho: "which is alpha here",
    decay: "which is alpha here",
  });
  const learningRate = inRange("rmsprop's learningRate", options.learningRate ?? 0.01, { least: 0 });
  const alpha = inRange("rmsprop's alpha", options.alpha ?? 0.99, { least: 0, below: 1 });
  const epsilon = inRange("rmsprop's epsilon", options.epsilon ?? 1e-8, { least: 0 });
  const momentum = inRange("rmsprop's momentum", options.momentum ?? 0, { least: 0, below: 1 });
  const decay = decayOf("rmsprop", options);
  const { centered = false } = options;
  const hasMomentum = momentum > 0;
  return byLibrary({
    name: "rmsprop",
    settings: settings(options),
    structure: `rmsprop${centered ? "+centered" : ""}${hasMomentum ? "+momentum" : ""}${decay.structure}`,
    names: decay.names,
    learningRate,
    ...(hasMomentum && { momentum }),
    transform: chain(
      ...decay.transforms,
      centered ? scaleByVariance : scaleByMeanSquare,
      ...(hasMomentum ? [trace] : []),
      scaleByLearningRate,
    ),
    scalars: (_step, rate, scheduled = momentum) => ({
      learningRate: rate,
      alpha,
      alphaRest: 1 - alpha,
      epsilon,
      ...(hasMomentum && { momentum: scheduled }),
      ...decay.scalars,
    }),
  });
}

const scalarNames = ["alpha", "alphaRest", "epsilon"] as const;

/** Slot `v`, the mean square. */
const scaleByMeanSquare: Transform = {
  init: (parameter) => ({ v: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { alpha, alphaRest, epsilon } = named(scalars, scalarNames);
    const v = movingAverage(slots, "v", { value: tf.square(gradient), decay: alpha, rest: alphaRest });
    return { gradient: tf.div(gradient, tf.add(tf.sqrt(v), epsilon)), slots: { v } };
  },
};

/** Slots `v`, the mean square, and `mean`, whose difference v − mean² never falls below 0 but by rounding. */
const scaleByVariance: Transform = {
  init: (parameter) => ({ v: tf.zerosLike(parameter), mean: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { alpha: decay, alphaRest: rest, epsilon } = named(scalars, scalarNames);
    const v = movingAverage(slots, "v", { value: tf.square(gradient), decay, rest });
    const mean = movingAverage(slots, "mean", { value: gradient, decay, rest });
    const root = tf.sqrt(tf.relu(tf.sub(v, tf.square(mean))));
    return { gradient: tf.div(gradient, tf.add(root, epsilon)), slots: { v, mean } };
  },
};
