import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { masked } from "./masked.js";
import { type MomentOptions, momentNames, momentScalars, momentsOf } from "./moments.js";
import type { FusedUpdate, Optimizer } from "./optimizer.js";
import { settings } from "./settings.js";
import { addDecayedWeights, scaleByAdam, scaleByLearningRate } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface AdamOptions extends MomentOptions {}

export interface AdamWOptions extends AdamOptions, DecayOptions {
  /** Decoupled decay, at least 0; default 0.01. Each step takes learningRate·weightDecay·parameter away. */
  readonly weightDecay?: number;
}

const knownToAdamW: OptionNames<AdamWOptions> = { ...momentNames, ...decayNames };

/**
 * Adam (Kingma & Ba 2015, algorithm 1), as `torch.optim.Adam`:
 * w ← w − learningRate · m̂ / (√v̂ + epsilon).
 *
 * @throws TypeError or RangeError for a hyper-parameter of the wrong kind or out of its range.
 * @example adam({ learningRate: 3e-4 })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  refuseUnknown("adam", options, momentNames, {
    ...foreignNames,
    weightDecay: 'which adamw({ weightDecay }) has; models.mlp and models.cnn have "l2"',
  });
  const hyper = momentsOf("adam", options);
  return byLibrary({
    name: "adam",
    settings: settings(options),
    structure: "adam",
    learningRate: hyper.learningRate,
    momentum: hyper.beta1,
    transform: chain(scaleByAdam, scaleByLearningRate),
    fused,
    scalars: (step, rate, beta1 = hyper.beta1) => adamScalars({ ...hyper, beta1 }, step, rate),
  });
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), as `torch.optim.AdamW`: every weight
 * decays, biases too, unless `decayOn` says otherwise.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example adamw({ learningRate: 1e-3, weightDecay: 0.05, decayOn: "kernels" })
 */
export function adamw(options: AdamWOptions = {}): Optimizer {
  refuseUnknown("adamw", options, knownToAdamW, foreignNames);
  const hyper = momentsOf("adamw", options);
  const { weightDecay, mask, names } = decayOf("adamw", options, 0.01);
  return byLibrary({
    name: "adamw",
    settings: settings(options),
    structure: "adamw",
    names,
    learningRate: hyper.learningRate,
    momentum: hyper.beta1,
    transform: chain(scaleByAdam, masked(addDecayedWeights, mask), scaleByLearningRate),
    fused: { ...fused, decay: { of: mask, into: "weight" } },
    scalars: (step, rate, beta1 = hyper.beta1) => ({
      ...adamScalars({ ...hyper, beta1 }, step, rate),
      weightDecay,
      decay: rate * weightDecay,
    }),
  });
}

/** The op's epsilon stands beside the uncorrected root, so it is given times √(1 − beta2ᵗ). */
const fused: FusedUpdate = {
  op: "ResourceApplyAdam",
  slots: ["m", "v"],
  inputs: ["beta1Power", "beta2Power", "learningRate", "beta1", "beta2", "epsilonHat", "gradient"],
  attributes: { use_nesterov: false },
};

function adamScalars(
  hyper: Required<AdamOptions>,
  step: number,
  learningRate: number,
): Record<string, number> {
  const beta1Power = hyper.beta1 ** (step + 1);
  const beta2Power = hyper.beta2 ** (step + 1);
  return { learningRate, beta1Power, beta2Power, ...momentScalars(hyper, step) };
}
