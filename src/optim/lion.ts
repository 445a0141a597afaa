import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import type { Optimizer, Transform } from "./optimizer.js";
import { named, slot } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface LionOptions extends DecayOptions {
  /** Base rate, at least 0; default 0.0001: a third to a tenth of AdamW's, since every step has full size. */
  readonly learningRate?: number;
  /** Share of the momentum in a step, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the momentum, in [0, 1); default 0.99. */
  readonly beta2?: number;
  /** Decoupled decay, at least 0; default 0.001; three to ten times AdamW's is usual. */
  readonly weightDecay?: number;
}

const known: OptionNames<LionOptions> = { learningRate: true, beta1: true, beta2: true, ...decayNames };

/**
 * Steps of one size in the direction of the momentum's signs: w ← w − learningRate·(sign(beta1·m + (1 − beta1)·g) +
 * weightDecay·w), m ← beta2·m + (1 − beta2)·g (Chen et al. 2023, algorithm 2), as `optax.lion`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example lion({ learningRate: 1e-4, weightDecay: 0.1, decayOn: "kernels" })
 */
export function lion(options: LionOptions = {}): Optimizer {
  refuseUnknown("lion", options, known, foreignNames);
  const learningRate = inRange("lion's learningRate", options.learningRate ?? 1e-4, { least: 0 });
  const beta1 = inRange("lion's beta1", options.beta1 ?? 0.9, { least: 0, below: 1 });
  const beta2 = inRange("lion's beta2", options.beta2 ?? 0.99, { least: 0, below: 1 });
  const decay = decayOf("lion", options, 1e-3);
  return byLibrary({
    name: "lion",
    settings: settings(options),
    structure: `lion${decay.structure}`,
    names: decay.names,
    learningRate,
    momentum: beta1,
    transform: chain(signOfMomentum, ...decay.transforms, scaleByLearningRate),
    scalars: (_step, rate, scheduled = beta1) => ({
      learningRate: rate,
      beta1Rest: 1 - scheduled,
      beta2Rest: 1 - beta2,
      ...decay.scalars,
    }),
  });
}

/** Slot `m`. */
const signOfMomentum: Transform = {
  init: (parameter) => ({ m: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { beta1Rest, beta2Rest } = named(scalars, ["beta1Rest", "beta2Rest"]);
    const m = slot(slots, "m");
    const difference = tf.sub(gradient, m);
    const towards = (rest: tf.Scalar) => tf.add(m, tf.mul(difference, rest));
    return { gradient: tf.sign(towards(beta1Rest)), slots: { m: towards(beta2Rest) } };
  },
};
