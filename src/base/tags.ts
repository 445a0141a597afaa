/**
 * The names under which a run's series are logged: the one vocabulary shared by train, track, doctor and board.
 * The part before the first `/` is the group TensorBoard and the board show together.
 *
 * Per-step series use the global step (0-based, one a batch). `epoch/*` uses the epoch number, from 1.
 * `weight` is `<layer>/<weight>`, such as `dense_1/kernel`.
 */
export const tags = {
  /** Loss of one batch, and other per-batch metrics: `train/loss`, `train/accuracy`. */
  train: (metric: string) => `train/${metric}`,
  learningRate: "train/learningRate",
  /** What a step's loss was multiplied by, in float16. */
  lossScale: "train/lossScale",
  /**
   * L2 norm of the gradients of all trained weights together, biases too, before clipping, on sampled steps: the root of
   * the sum of squares of `gradientL2`.
   */
  gradientNorm: "train/gradientNorm",
  /** How busy the machine is, by seconds since the run was opened; the name ends with the unit. No part of a training. */
  system: (what: string) => `system/${what}`,
  /** Mean over an epoch: `epoch/loss`, `epoch/accuracy`, `epoch/valLoss`, `epoch/valAccuracy`. */
  epoch: (metric: string) => `epoch/${metric}`,
  /** Histograms of values. */
  gradients: (weight: string) => `gradients/${weight}`,
  weights: (weight: string) => `weights/${weight}`,
  activations: (layer: string) => `activations/${layer}`,
  /** Histogram of log10 |g| over the non-zero finite entries. */
  gradientsLog10: (weight: string) => `gradientsLog10/${weight}`,
  /** Scalars per weight tensor on sampled steps. */
  gradientMeanAbs: (weight: string) => `gradientMeanAbs/${weight}`,
  gradientL2: (weight: string) => `gradientL2/${weight}`,
  gradientMax: (weight: string) => `gradientMax/${weight}`,
  /** Share of entries that are exactly zero, 0 to 1. */
  gradientZero: (weight: string) => `gradientZero/${weight}`,
  /** Number of NaN or infinite entries. */
  gradientNonFinite: (weight: string) => `gradientNonFinite/${weight}`,
  weightL2: (weight: string) => `weightL2/${weight}`,
  /** Number of NaN or infinite entries before the step; logged only at steps where there are some. */
  weightNonFinite: (weight: string) => `weightNonFinite/${weight}`,
  /** ‖update‖₂ / ‖weight‖₂ of this step. */
  updateRatio: (weight: string) => `updateRatio/${weight}`,
  /** Per layer output on sampled steps: share of zeros, share in the flat ends, mean absolute value. */
  activationZero: (layer: string) => `activationZero/${layer}`,
  activationSaturated: (layer: string) => `activationSaturated/${layer}`,
  activationMeanAbs: (layer: string) => `activationMeanAbs/${layer}`,
  /** Share of a rectifying layer's units that put out 0 for every row of the batch. */
  activationDead: (layer: string) => `activationDead/${layer}`,
  /** Number of NaN or infinite outputs; logged only at steps where there are some. */
  activationNonFinite: (layer: string) => `activationNonFinite/${layer}`,
  /** Pictures of the wrong answers of an evaluation of that name, labelled by a table `<tag>/labels`. */
  mistakes: (evaluation: string) => `${evaluation}/mistakes`,
} as const;
