// The benchmark's 17 problems, and the names of the doctor's verdicts that mean each.

export const problems = {
  vanishing: ["VanishingGradient"],
  exploding: ["ExplodingGradient", "NotFinite"],
  dying: ["DyingReLU"],
  saturation: ["SaturatedActivation"],
  "bad-init": ["BadInitialization"],
  "lr-high": ["LearningRateTooHigh", "Diverging"],
  "lr-low": ["LearningRateTooLow"],
  oscillation: ["Oscillation"],
  overfit: ["Overfit"],
  underfit: ["Underfit"],
  unnormalised: ["UnnormalizedInput", "UnnormalizedTarget"],
  "output-loss": ["OutputLossMismatch"],
  imbalance: ["ClassImbalance"],
  "label-noise": ["LabelNoise"],
  leak: ["DataLeak"],
  "dead-layer": ["DeadLayer"],
  "batch-small": ["BatchTooSmall"],
};

/** The benchmark's problem that a verdict means; undefined for one that the benchmark has not. */
export function problemOf(verdict) {
  return Object.keys(problems).find((name) => problems[name].includes(verdict));
}
