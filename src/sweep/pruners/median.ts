/**
 * The median rule (Golovin et al., "Google Vizier", KDD 2017, section 3.2.2; defaults of Optuna's MedianPruner):
 * a trial whose best report so far is worse than the median of the others' reports at the same step is stopped.
 */
import { positiveInteger } from "../options.js";
import { type Pruner, quantile, valueReached } from "./pruner.js";

export interface MedianOptions {
  /** So many other trials must have reached the step before one is stopped there. Default 5. */
  readonly startupTrials?: number;
  /** Steps below this are not judged. Default 0. */
  readonly warmupSteps?: number;
}

export function medianPruner({ startupTrials = 5, warmupSteps = 0 }: MedianOptions = {}): Pruner {
  positiveInteger("median's startupTrials", startupTrials);
  if (!(warmupSteps >= 0))
    throw new RangeError(`median needs warmupSteps of 0 or more; it was given ${warmupSteps}`);
  return {
    name: "median",
    options: { startupTrials, warmupSteps },
    decisionStep(reports) {
      const last = reports.at(-1)?.[0];
      return last !== undefined && last >= warmupSteps ? last : undefined;
    },
    shouldPrune({ step, reports, others, direction }) {
      if (others.length < startupTrials) return false;
      const sign = direction === "maximize" ? 1 : -1;
      const own = reports.map(([, value]) => sign * value).filter((value) => !Number.isNaN(value));
      if (own.length === 0) return true;
      const median = quantile(
        others.map((other) => sign * (valueReached(other, step) ?? Number.NaN)),
        0.5,
      );
      return !Number.isNaN(median) && Math.max(...own) < median;
    },
  };
}
