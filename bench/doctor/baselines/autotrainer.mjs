// AUTOTRAINER's checks (Zhang et al., ICSE 2021; TDSC 2024) by their description, made here from its thresholds: not the authors'
// program. When accuracy is low it names one problem, the first of an order of its own.
import { recordedOf } from "./recorded.mjs";

const found = (problem, layer) => [{ problem, severity: "error", ...(layer && { layer }) }];

export function autotrainer(run) {
  const recorded = recordedOf(run);
  const { epochs, kernels, starting, series, failed } = recorded;
  const accuracies = [epochs("valAccuracy"), epochs("accuracy")].find(({ length }) => length > 0) ?? [];
  const losses = [...series("train/loss"), ...epochs("loss")];
  if (losses.some((loss) => loss < 0)) return found("OutputLossMismatch");
  const isLow = failed || isBad(accuracies);
  if (!isLow) return oscillates(accuracies) ? found("Oscillation") : [];
  const last = (values) => values.at(-1);
  const gradients = kernels("gradientL2");
  const norms = gradients.map(({ values }) => last(values));
  const ratio = norms[0] / norms.at(-1);
  const hidden = starting("activationMeanAbs").filter(({ name }) => !name.startsWith("output"));
  const output = starting("activationMeanAbs").find(({ name }) => name.startsWith("output"));
  const units = run.record.model?.layers.findLast((layer) => layer.units !== undefined)?.units ?? Number.NaN;
  // Of a softmax the absolute values of all units add up to 1.
  if (output && last(output.values) * units > 1.1) return found("OutputLossMismatch");
  if (hidden.some(({ values }) => last(values) >= 10)) return found("UnnormalizedInput");
  const dying = kernels("gradientZero").find(({ values }) => last(values) >= 0.7);
  if (dying) return found("DyingReLU", dying.layer);
  if (failed || losses.some((loss) => !(loss <= 1e3)) || ratio > 70) return found("ExplodingGradient");
  if (ratio < 1e-3 && norms[0] < 1e-4) return found("VanishingGradient", gradients[0].layer);
  if (oscillates(accuracies)) return found("Oscillation");
  return isSlow(accuracies) ? found("LearningRateTooLow") : [];
}

/** Below 0.7, or a gain of less than 0.01. */
function isBad(accuracies) {
  if (accuracies.length === 0) return false;
  return accuracies.at(-1) < 0.7 || Math.max(...accuracies) - accuracies[0] < 0.01;
}

/** Swings of 0.03 or more in a fifth of the epochs. */
function oscillates(accuracies) {
  const swings = accuracies.filter((value, i) => i > 0 && accuracies[i - 1] - value >= 0.03).length;
  return accuracies.length > 0 && swings / accuracies.length >= 0.2;
}

/** No gain of 0.01 once 30 % of the epochs are done. */
function isSlow(accuracies) {
  const early = accuracies.slice(0, Math.max(1, Math.ceil(0.3 * accuracies.length)));
  return Math.max(...early) - accuracies[0] < 0.01;
}
