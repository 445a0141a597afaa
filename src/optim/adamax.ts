import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { type MomentOptions, momentNames, momentScalars, momentsOf, movingAverage } from "./moments.js";
import type { Optimizer, Transform } from "./optimizer.js";
import { named, slot } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface AdamaxOptions extends MomentOptions, DecayOptions {
  /** Base rate, at least 0; default 0.002. */
  readonly learningRate?: number;
  /** L2 penalty added to the gradient, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<AdamaxOptions> = { ...momentNames, ...decayNames };

/**
 * Adam with the infinity norm: w ← w − learningRate · m̂ / u, u = max(beta2·u, |g| + epsilon)
 * (Kingma & Ba 2015, algorithm 2), as `torch.optim.Adamax`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example adamax({ learningRate: 2e-3 })
 */
export function adamax(options: AdamaxOptions = {}): Optimizer {
  refuseUnknown("adamax", options, known, foreignNames);
  const hyper = momentsOf("adamax", options, { learningRate: 0.002 });
  const decay = decayOf("adamax", options);
  return byLibrary({
    name: "adamax",
    settings: settings(options),
    structure: `adamax${decay.structure}`,
    names: decay.names,
    learningRate: hyper.learningRate,
    momentum: hyper.beta1,
    transform: chain(...decay.transforms, scaleByAdamax, scaleByLearningRate),
    scalars: (step, learningRate, beta1 = hyper.beta1) => ({
      learningRate,
      epsilon: hyper.epsilon,
      ...momentScalars({ ...hyper, beta1 }, step),
      ...decay.scalars,
    }),
  });
}

/** Slots `m` and the norm `u`. */
const scaleByAdamax: Transform = {
  init: (parameter) => ({ m: tf.zerosLike(parameter), u: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { beta1, beta1Rest, beta2, mCorrection, epsilon } = named(scalars, scalarNames);
    const m = movingAverage(slots, "m", { value: gradient, decay: beta1, rest: beta1Rest });
    const u = tf.maximum(tf.mul(slot(slots, "u"), beta2), tf.add(tf.abs(gradient), epsilon));
    return { gradient: tf.div(tf.mul(m, mCorrection), u), slots: { m, u } };
  },
};

const scalarNames = ["beta1", "beta1Rest", "beta2", "mCorrection", "epsilon"] as const;
