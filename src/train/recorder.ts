/** Turns what a step measured into series with the names of `base/tags`. */
import type { Histogram } from "../base/histogram.js";
import { recallMetrics } from "../base/recallMetrics.js";
import { tags } from "../base/tags.js";
import { type Earlier, nothingEarlier } from "./earlierTrainings.js";
import type { EpochRows, RowSink, SampledStatistics, TrackerSeam } from "./seams.js";
import type { Update } from "./updates.js";

/**
 * Records one training.
 *
 * Invariant: every scalar of one step goes to the tracker in one call, so that a step costs one write.
 */
export class Recorder {
  readonly #tracker: TrackerSeam;
  readonly #earlier: Earlier;
  readonly #rows: RowSink | undefined;

  /** @param earlier what the same run already holds: steps and epochs are counted on from there */
  constructor(tracker: TrackerSeam, earlier: Earlier = nothingEarlier, rows?: RowSink) {
    this.#tracker = tracker;
    this.#earlier = earlier;
    this.#rows = rows;
  }

  /** @param step of this training, from 0 */
  step(step: number, { result, statistics, lossScale }: Update, learningRate: number): void {
    const values: Record<string, number> = {
      [tags.train("loss")]: result.loss,
      [tags.learningRate]: learningRate,
    };
    if (lossScale !== undefined) values[tags.lossScale] = lossScale;
    for (const metric in result.metrics) values[tags.train(metric)] = result.metrics[metric] as number;
    if (statistics) Object.assign(values, sampledScalars(statistics));
    const counted = this.#earlier.steps + step;
    this.#tracker.log(values, counted);
    if (statistics) this.#histograms(counted, statistics);
  }

  /** @param count what a step took */
  samples(count: number): void {
    this.#tracker.countSamples?.(count);
  }

  /** @param epoch of this training, from 1 @param recalls of the validation's classes, where they are uneven */
  epoch(epoch: number, values: Readonly<Record<string, number>>, recalls?: readonly number[]): void {
    const all = Object.entries({ ...values, ...(recalls && recallMetrics(recalls)) });
    this.#tracker.log(
      Object.fromEntries(all.map(([key, value]) => [tags.epoch(key), value])),
      this.#earlier.epochs + epoch,
    );
  }

  /** Of the training samples, in their order. @param epoch of this training, from 1 */
  rows(epoch: number, rows: EpochRows): void {
    this.#rows?.(this.#earlier.epochs + epoch, rows);
  }

  /** What a person's own callback measured, after this step. */
  own(step: number, values: Readonly<Record<string, number>>): void {
    this.#tracker.log({ ...values }, this.#earlier.steps + step);
  }

  #histograms(step: number, statistics: SampledStatistics): void {
    const all = new Map<string, Histogram>();
    const write = (tag: string, histogram: Histogram | undefined) => {
      if (histogram) all.set(tag, histogram);
    };
    for (const [weight, of] of statistics.gradients) {
      write(tags.gradients(weight), of.histogram);
      write(tags.gradientsLog10(weight), of.log10Histogram);
    }
    for (const [weight, of] of statistics.weights) write(tags.weights(weight), of.histogram);
    for (const [layer, of] of statistics.activations) write(tags.activations(layer), of.histogram);
    if (all.size > 0) this.#tracker.histograms(all, step);
  }
}

function sampledScalars(statistics: SampledStatistics): Record<string, number> {
  const values: Record<string, number> = { [tags.gradientNorm]: statistics.gradientNorm };
  for (const [weight, of] of statistics.gradients) {
    values[tags.gradientMeanAbs(weight)] = of.meanAbs;
    values[tags.gradientL2(weight)] = of.l2;
    values[tags.gradientMax(weight)] = of.max;
    values[tags.gradientZero(weight)] = of.zeroFraction;
    values[tags.gradientNonFinite(weight)] = of.nonFinite;
  }
  for (const [weight, of] of statistics.weights) {
    values[tags.weightL2(weight)] = of.l2;
    if (of.nonFinite > 0) values[tags.weightNonFinite(weight)] = of.nonFinite;
  }
  for (const [weight, ratio] of statistics.updateRatio) values[tags.updateRatio(weight)] = ratio;
  for (const [layer, of] of statistics.activations) {
    values[tags.activationZero(layer)] = of.zeroFraction;
    values[tags.activationSaturated(layer)] = of.saturatedFraction;
    values[tags.activationMeanAbs(layer)] = of.meanAbs;
    if (of.deadFraction !== undefined) values[tags.activationDead(layer)] = of.deadFraction;
    if (of.nonFinite > 0) values[tags.activationNonFinite(layer)] = of.nonFinite;
  }
  return values;
}
