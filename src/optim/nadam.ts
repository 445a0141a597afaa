import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import {
  type MomentOptions,
  momentNames,
  momentScalars,
  momentsOf,
  nextMoments,
  twoMoments,
} from "./moments.js";
import type { Optimizer, Transform } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type PlaceableDecayOptions, placeableDecayNames, placedDecay } from "./weightDecay.js";

export interface NAdamOptions extends MomentOptions, PlaceableDecayOptions {
  /** Base rate, at least 0; default 0.002. */
  readonly learningRate?: number;
  /** How fast the momentum rises to beta1, at least 0; default 0.004. */
  readonly momentumDecay?: number;
}

const known: OptionNames<NAdamOptions> = {
  ...momentNames,
  ...placeableDecayNames,
  momentumDecay: true,
};

/**
 * Adam with Nesterov's momentum, whose momentum μₜ = beta1·(1 − ½·0.96^(t·momentumDecay)) rises (Dozat 2016), as
 * `torch.optim.NAdam`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example nadam({ learningRate: 2e-3 })
 */
export function nadam(options: NAdamOptions = {}): Optimizer {
  refuseUnknown("nadam", options, known, foreignNames);
  const hyper = momentsOf("nadam", options, { learningRate: 0.002 });
  const decay = placedDecay("nadam", options);
  const momentumDecay = inRange("nadam's momentumDecay", options.momentumDecay ?? 0.004, { least: 0 });
  const momentum = (t: number) => hyper.beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
  const product = products(momentum);
  return byLibrary({
    name: "nadam",
    settings: settings(options),
    structure: `nadam${decay.structure}`,
    names: decay.names,
    learningRate: hyper.learningRate,
    transform: chain(...decay.beside(scaleByNAdam), scaleByLearningRate),
    scalars(step, learningRate) {
      const moments = momentScalars(hyper, step);
      return {
        learningRate,
        ...moments,
        ...decay.scalars,
        gradientScale: (moments.vRoot * (1 - momentum(step + 1))) / (1 - product(step + 1)),
        momentScale: (moments.vRoot * momentum(step + 2)) / (1 - product(step + 2)),
      };
    },
  });
}

/** Slots `m`, `v`. */
const scaleByNAdam: Transform = {
  init: twoMoments,
  update({ gradient, slots, scalars }) {
    const { gradientScale, momentScale, epsilonHat } = named(scalars, scalarNames);
    const { m, v } = nextMoments({ gradient, slots, scalars });
    const denominator = tf.add(tf.sqrt(v), epsilonHat);
    const numerator = tf.add(tf.mul(gradient, gradientScale), tf.mul(m, momentScale));
    return { gradient: tf.div(numerator, denominator), slots: { m, v } };
  },
};

const scalarNames = ["gradientScale", "momentScale", "epsilonHat"] as const;

/** factor(1)·…·factor(t), remembered up to the largest t asked for. */
function products(factor: (t: number) => number): (t: number) => number {
  const known = [1];
  return (t) => {
    for (let next = known.length; next <= t; next++) known.push((known[next - 1] as number) * factor(next));
    return known[t] as number;
  };
}
