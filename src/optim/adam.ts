import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import type { FusedUpdate, Optimizer } from "./optimizer.js";
import { addDecayedWeights, scaleByAdam, scaleByLearningRate } from "./transforms.js";

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the first moment, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment, at least 0; default 1e-8. */
  readonly epsilon?: number;
}

export interface AdamWOptions extends AdamOptions {
  /** Decoupled decay, at least 0; default 0.01. Each step takes learningRate·weightDecay·parameter away. */
  readonly weightDecay?: number;
}

const known: OptionNames<AdamOptions> = { learningRate: true, beta1: true, beta2: true, epsilon: true };
const notes = { lr: "which is learningRate here" };
const knownToAdamW: OptionNames<AdamWOptions> = { ...known, weightDecay: true };

/**
 * Adam (Kingma & Ba 2015), as `torch.optim.Adam`.
 *
 * @throws RangeError for a hyper-parameter out of its range.
 * @example adam({ learningRate: 3e-4 })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  refuseUnknown("adam", options, known, {
    ...notes,
    weightDecay: 'which adamw({ weightDecay }) has; models.mlp and models.cnn have "l2"',
  });
  const hyper = checked("adam", options);
  return {
    name: "adam",
    structure: "adam",
    learningRate: hyper.learningRate,
    transform: chain(scaleByAdam, scaleByLearningRate),
    fused,
    scalars: (step, rate) => adamScalars(hyper, step, rate),
  };
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019), as `torch.optim.AdamW`: every weight decays, biases too.
 *
 * @throws RangeError for a hyper-parameter out of its range.
 * @example adamw({ learningRate: 1e-3, weightDecay: 0.05 })
 */
export function adamw(options: AdamWOptions = {}): Optimizer {
  refuseUnknown("adamw", options, knownToAdamW, notes);
  const hyper = checked("adamw", options);
  const weightDecay = inRange("adamw's weightDecay", options.weightDecay ?? 0.01, { least: 0 });
  return {
    name: "adamw",
    structure: "adamw",
    learningRate: hyper.learningRate,
    transform: chain(scaleByAdam, addDecayedWeights, scaleByLearningRate),
    fused: { ...fused, decayFirst: true },
    scalars: (step, rate) => ({ ...adamScalars(hyper, step, rate), weightDecay, decay: rate * weightDecay }),
  };
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
  const { beta1, beta2, epsilon } = hyper;
  const beta1Power = beta1 ** (step + 1);
  const beta2Power = beta2 ** (step + 1);
  const epsilonHat = epsilon * Math.sqrt(1 - beta2Power);
  return { learningRate, beta1, beta2, beta1Power, beta2Power, epsilon, epsilonHat };
}

function checked(name: string, options: AdamOptions): Required<AdamOptions> {
  return {
    learningRate: inRange(`${name}'s learningRate`, options.learningRate ?? 0.001, { least: 0 }),
    beta1: inRange(`${name}'s beta1`, options.beta1 ?? 0.9, { least: 0, below: 1 }),
    beta2: inRange(`${name}'s beta2`, options.beta2 ?? 0.999, { least: 0, below: 1 }),
    epsilon: inRange(`${name}'s epsilon`, options.epsilon ?? 1e-8, { least: 0 }),
  };
}
