import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { movingAverage } from "./moments.js";
import type { FusedUpdate, Optimizer, Transform } from "./optimizer.js";
import { named, slot } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface AdadeltaOptions extends DecayOptions {
  /** Factor of the update, at least 0; default 1. */
  readonly learningRate?: number;
  /** Decay of both mean squares, in [0, 1); default 0.9. */
  readonly rho?: number;
  /** Added to both mean squares, at least 0; default 1e-6. */
  readonly epsilon?: number;
  /** L2 penalty added to the gradient, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<AdadeltaOptions> = { learningRate: true, rho: true, epsilon: true, ...decayNames };

/**
 * Updates as large as the mean of those before: w ← w − learningRate · g · √(E[Δ²] + epsilon) / √(E[g²] + epsilon)
 * (Zeiler 2012, algorithm 1), as `torch.optim.Adadelta`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example adadelta({ rho: 0.95 })
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  refuseUnknown("adadelta", options, known, foreignNames);
  const learningRate = inRange("adadelta's learningRate", options.learningRate ?? 1, { least: 0 });
  const rho = inRange("adadelta's rho", options.rho ?? 0.9, { least: 0, below: 1 });
  const epsilon = inRange("adadelta's epsilon", options.epsilon ?? 1e-6, { least: 0 });
  const decay = decayOf("adadelta", options);
  return byLibrary({
    name: "adadelta",
    settings: settings(options),
    structure: `adadelta${decay.structure}`,
    names: decay.names,
    learningRate,
    transform: chain(...decay.transforms, scaleByAdadelta, scaleByLearningRate),
    fused: { ...fused, ...decay.fused },
    scalars: (_step, rate) => ({ learningRate: rate, rho, rhoRest: 1 - rho, epsilon, ...decay.scalars }),
  });
}

const fused: FusedUpdate = {
  op: "ResourceApplyAdadelta",
  slots: ["v", "delta"],
  inputs: ["learningRate", "rho", "epsilon", "gradient"],
  attributes: {},
};

/** Slots: mean squares of gradients, `v`, and of updates, `delta`. */
const scaleByAdadelta: Transform = {
  init: (parameter) => ({ v: tf.zerosLike(parameter), delta: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { rho: decay, rhoRest: rest, epsilon } = named(scalars, ["rho", "rhoRest", "epsilon"]);
    const v = movingAverage(slots, "v", { value: tf.square(gradient), decay, rest });
    const ratio = tf.div(tf.sqrt(tf.add(slot(slots, "delta"), epsilon)), tf.sqrt(tf.add(v, epsilon)));
    const update = tf.mul(gradient, ratio);
    const delta = movingAverage(slots, "delta", { value: tf.square(update), decay, rest });
    return { gradient: update, slots: { v, delta } };
  },
};
