import { MetricMissing, TrialPruned } from "../base/errors.js";
import { didYouMean } from "../base/nearestName.js";
import type { TrialSeam } from "./seams.js";

export interface EpochReport {
  readonly values: Readonly<Record<string, number>>;
  /** Of this training. */
  readonly epoch: number;
  /** Epochs that the trial's earlier trainings had. */
  readonly earlier: number;
  /** A training that is over anyway is not asked whether it should end. */
  readonly isLast: boolean;
}

/**
 * Reports the metric that a trial asks for, if it asks for one.
 *
 * @throws MetricMissing if it was not measured. @throws TrialPruned once the pruner decides.
 */
export async function reportToTrial(trial: TrialSeam | undefined, report: EpochReport): Promise<void> {
  if (trial?.metric === undefined) return;
  const { values, epoch, earlier, isLast } = report;
  const value = values[trial.metric];
  if (value === undefined)
    throw new MetricMissing(
      `fit({ trial }) needs a metric that it measures to report; trial ${trial.number} asks for "${trial.metric}", measured are ${Object.keys(values).join(", ")}.${didYouMean(trial.metric, Object.keys(values))}`,
    );
  trial.report(value, earlier + epoch);
  if (!isLast && (await trial.shouldPrune()))
    throw new TrialPruned(
      `trial ${trial.number} was pruned after epoch ${epoch}: ${trial.metric} ${value.toPrecision(4)}`,
    );
}
