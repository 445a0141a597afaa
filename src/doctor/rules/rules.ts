/** Every rule. Add yours here: one import, one entry. */
import type { Rule } from "../rule.js";
import { classImbalance } from "./classImbalance.js";
import { dataLeak } from "./dataLeak.js";
import { deadLayer } from "./deadLayer.js";
import { dyingReLU } from "./dyingReLU.js";
import { explodingGradient } from "./explodingGradient.js";
import { lossNotDecreasing } from "./lossNotDecreasing.js";
import { outputLossMismatch } from "./outputLossMismatch.js";
import { overfit } from "./overfit.js";
import { saturatedActivation } from "./saturatedActivation.js";
import { unnormalizedInput } from "./unnormalizedInput.js";
import { unnormalizedTarget } from "./unnormalizedTarget.js";
import { vanishingGradient } from "./vanishingGradient.js";

export const rules: readonly Rule[] = [
  dataLeak,
  unnormalizedInput,
  unnormalizedTarget,
  classImbalance,
  outputLossMismatch,
  explodingGradient,
  deadLayer,
  dyingReLU,
  saturatedActivation,
  vanishingGradient,
  lossNotDecreasing,
  overfit,
];
