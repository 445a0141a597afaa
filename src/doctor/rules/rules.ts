/** Every rule. Add yours here: one import, one entry. */
import type { Rule } from "../rule.js";
import { badInitialization } from "./badInitialization.js";
import { batchTooSmall } from "./batchTooSmall.js";
import { classImbalance } from "./classImbalance.js";
import { dataLeak } from "./dataLeak.js";
import { deadLayer } from "./deadLayer.js";
import { diverging } from "./diverging.js";
import { dyingReLU } from "./dyingReLU.js";
import { explodingGradient } from "./explodingGradient.js";
import { labelNoise } from "./labelNoise.js";
import { learningRateTooHigh } from "./learningRateTooHigh.js";
import { learningRateTooLow } from "./learningRateTooLow.js";
import { lossNotDecreasing } from "./lossNotDecreasing.js";
import { metricLossDisagreement } from "./metricLossDisagreement.js";
import { notFinite } from "./notFinite.js";
import { oscillation } from "./oscillation.js";
import { outputLossMismatch } from "./outputLossMismatch.js";
import { overfit } from "./overfit.js";
import { overtraining } from "./overtraining.js";
import { plateau } from "./plateau.js";
import { saturatedActivation } from "./saturatedActivation.js";
import { slowInputPipeline } from "./slowInputPipeline.js";
import { tooStrongRegularization } from "./tooStrongRegularization.js";
import { underfit } from "./underfit.js";
import { unnormalizedInput } from "./unnormalizedInput.js";
import { unnormalizedTarget } from "./unnormalizedTarget.js";
import { updateRatio } from "./updateRatio.js";
import { vanishingGradient } from "./vanishingGradient.js";

export const rules: readonly Rule[] = [
  dataLeak,
  unnormalizedInput,
  unnormalizedTarget,
  classImbalance,
  labelNoise,
  outputLossMismatch,
  badInitialization,
  explodingGradient,
  notFinite,
  deadLayer,
  dyingReLU,
  saturatedActivation,
  vanishingGradient,
  learningRateTooHigh,
  learningRateTooLow,
  batchTooSmall,
  diverging,
  oscillation,
  updateRatio,
  lossNotDecreasing,
  plateau,
  tooStrongRegularization,
  underfit,
  overfit,
  overtraining,
  metricLossDisagreement,
  slowInputPipeline,
];
