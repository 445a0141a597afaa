import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import type { FusedUpdate, Optimizer, Transform } from "./optimizer.js";
import { named, slot } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface AdagradOptions extends DecayOptions {
  /** Base rate, at least 0; default 0.01. */
  readonly learningRate?: number;
  /** The rate of step t (from 0) is learningRate / (1 + t·rateDecay), at least 0; default 0. */
  readonly rateDecay?: number;
  /** What the sum of squares starts with, at least 0; default 0. */
  readonly initialAccumulator?: number;
  /** Added to the root, at least 0; default 1e-10. */
  readonly epsilon?: number;
  /** L2 penalty added to the gradient, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<AdagradOptions> = {
  learningRate: true,
  rateDecay: true,
  initialAccumulator: true,
  epsilon: true,
  ...decayNames,
};

/**
 * Gradients over the root of the sum of their squares: w ← w − learningRate · g / (√Σg² + epsilon)
 * (Duchi et al. 2011, figure 1, diagonal), as `torch.optim.Adagrad`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example adagrad({ learningRate: 0.01 })
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  refuseUnknown("adagrad", options, known, { ...foreignNames, lrDecay: "which is rateDecay here" });
  const learningRate = inRange("adagrad's learningRate", options.learningRate ?? 0.01, { least: 0 });
  const rateDecay = inRange("adagrad's rateDecay", options.rateDecay ?? 0, { least: 0 });
  const start = inRange("adagrad's initialAccumulator", options.initialAccumulator ?? 0, { least: 0 });
  const epsilon = inRange("adagrad's epsilon", options.epsilon ?? 1e-10, { least: 0 });
  const decay = decayOf("adagrad", options);
  return byLibrary({
    name: "adagrad",
    settings: settings(options),
    structure: `adagrad${decay.structure}`,
    names: decay.names,
    learningRate,
    transform: chain(...decay.transforms, scaleBySumOfSquares(start), scaleByLearningRate),
    fused: { ...fused, ...decay.fused },
    scalars: (step, rate) => ({ learningRate: rate / (1 + step * rateDecay), epsilon, ...decay.scalars }),
  });
}

const fused: FusedUpdate = {
  op: "ResourceApplyAdagradV2",
  slots: ["sum"],
  inputs: ["learningRate", "epsilon", "gradient"],
  attributes: { update_slots: true },
};

/** Slot `sum`, of squares. */
function scaleBySumOfSquares(start: number): Transform {
  return {
    init: (parameter) => ({ sum: tf.fill(parameter.shape, start) }),
    update({ gradient, slots, scalars }) {
      const { epsilon } = named(scalars, ["epsilon"]);
      const sum = tf.add(slot(slots, "sum"), tf.square(gradient));
      return { gradient: tf.div(gradient, tf.add(tf.sqrt(sum), epsilon)), slots: { sum } };
    },
  };
}
