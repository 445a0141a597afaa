import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
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
import type { FusedUpdate, Optimizer, Transform } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { scaleByLearningRate } from "./transforms.js";
import { type PlaceableDecayOptions, placeableDecayNames, placedDecay } from "./weightDecay.js";

export interface RAdamOptions extends MomentOptions, PlaceableDecayOptions {}

const known: OptionNames<RAdamOptions> = { ...momentNames, ...placeableDecayNames };

/**
 * Rectified Adam: plain momentum until the second moment is known well enough, so that no warm-up is needed
 * (Liu et al. 2020, algorithm 2), as `torch.optim.RAdam`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example radam({ learningRate: 1e-3 })
 */
export function radam(options: RAdamOptions = {}): Optimizer {
  refuseUnknown("radam", options, known, foreignNames);
  const hyper = momentsOf("radam", options);
  const decay = placedDecay("radam", options);
  return byLibrary({
    name: "radam",
    settings: settings(options),
    structure: `radam${decay.structure}`,
    names: decay.names,
    learningRate: hyper.learningRate,
    momentum: hyper.beta1,
    transform: chain(...decay.beside(scaleByRAdam), scaleByLearningRate),
    fused: { ...fused, ...decay.fused },
    scalars: (step, learningRate, beta1 = hyper.beta1) => ({
      learningRate,
      epsilon: hyper.epsilon,
      ...momentScalars({ ...hyper, beta1 }, step),
      ...decay.scalars,
      decay: learningRate * decay.weightDecay,
      beta1Power: beta1 ** (step + 1),
      beta2Power: hyper.beta2 ** (step + 1),
      ...rectification({ ...hyper, learningRate }, step + 1),
    }),
  });
}

/** The op's rate holds the rectifier. */
const fused: FusedUpdate = {
  op: "ResourceApplyAdam",
  slots: ["m", "v"],
  inputs: ["beta1Power", "beta2Power", "fusedRate", "beta1", "beta2", "fusedEpsilon", "gradient"],
  attributes: { use_nesterov: false },
};

/** Beside it no root of a second moment counts in float32: dividing by their sum is dividing by it. */
const huge = 1e15;

/**
 * The denominator is `adaptive`·(√v + epsilon) + `plain`, one of the two being 1 and the other 0; `rectifier` is the
 * factor before it. The op, which divides by √v + fusedEpsilon and multiplies by √(1 − beta2ᵗ), is told the same.
 */
function rectification(
  { beta2, epsilon, learningRate }: { beta2: number; epsilon: number; learningRate: number },
  t: number,
): Record<"rectifier" | "adaptive" | "plain" | "fusedRate" | "fusedEpsilon", number> {
  const power = beta2 ** t;
  const longest = 2 / (1 - beta2) - 1;
  const length = longest - (2 * t * power) / (1 - power);
  if (length <= 5) {
    const fusedRate = (learningRate * huge) / Math.sqrt(1 - power);
    return { rectifier: 1, adaptive: 0, plain: 1, fusedRate, fusedEpsilon: huge };
  }
  const squared = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
  return {
    rectifier: Math.sqrt(squared * (1 - power)),
    adaptive: 1,
    plain: 0,
    fusedRate: learningRate * Math.sqrt(squared),
    fusedEpsilon: epsilon,
  };
}

/** Slots `m`, `v`. */
const scaleByRAdam: Transform = {
  init: twoMoments,
  update({ gradient, slots, scalars }) {
    const { mCorrection, epsilon, rectifier, adaptive, plain } = named(scalars, scalarNames);
    const { m, v } = nextMoments({ gradient, slots, scalars });
    const denominator = tf.add(tf.mul(tf.add(tf.sqrt(v), epsilon), adaptive), plain);
    const scale = tf.mul(mCorrection, rectifier);
    return { gradient: tf.div(tf.mul(m, scale), denominator), slots: { m, v } };
  },
};

const scalarNames = ["mCorrection", "epsilon", "rectifier", "adaptive", "plain"] as const;
