import type { CapturedStepOptions } from "./capturedStepOptions.js";
import type { FitPlan } from "./fitPlan.js";

/** Of the steps of a training, with what its run is to have of them. */
export function stepOptions({ step, track }: FitPlan): CapturedStepOptions {
  const { histograms = [], histogramEntries } = track ?? {};
  return { ...step, histograms, ...(histogramEntries !== undefined && { histogramEntries }) };
}
