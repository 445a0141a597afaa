/** Finds a learning rate by trying rising ones. */
import { host } from "./base/host.js";
import { type OptionNames, refuseUnknown } from "./base/knownOptions.js";
import type { Dataset } from "./data/dataset.js";
import { LrFinding } from "./lrFinding.js";
import type { tf } from "./native/index.js";
import { inRange, wholeNumber } from "./optim/bounds.js";
import { whileBusy } from "./train/busyModels.js";
import { createCapturedStep } from "./train/capturedStep.js";
import type { FitOptions } from "./train/fitOptions.js";
import { fitPlan } from "./train/fitPlan.js";
import { type RateRange, rateCurve } from "./train/rateRange.js";

/** What of a training it shares with `fit`, and the range of rates. */
export interface LrFinderOptions
  extends Pick<
    FitOptions,
    | "optimizer"
    | "batchSize"
    | "loss"
    | "lossWeights"
    | "labelSmoothing"
    | "precision"
    | "lossScale"
    | "rematerialize"
    | "clipNorm"
    | "clipValue"
    | "clipAdaptive"
    | "classWeights"
    | "seed"
    | "shuffle"
    | "signal"
  > {
  /** First rate, above 0; default 1e-7. */
  readonly from?: number;
  /** Last rate, above the first; default 10. */
  readonly to?: number;
  /** Steps at most, a whole number of at least 10; default 100. */
  readonly steps?: number;
  /** Decay of the loss's moving average, in [0, 1); default 0.9. */
  readonly smoothing?: number;
  /** It ends where the smoothed loss is this many times its least, at least 1; default 4. */
  readonly divergence?: number;
}

const known: OptionNames<LrFinderOptions> = {
  optimizer: true,
  batchSize: true,
  loss: true,
  lossWeights: true,
  labelSmoothing: true,
  precision: true,
  lossScale: true,
  rematerialize: true,
  clipNorm: true,
  clipValue: true,
  clipAdaptive: true,
  classWeights: true,
  seed: true,
  shuffle: true,
  signal: true,
  from: true,
  to: true,
  steps: true,
  smoothing: true,
  divergence: true,
};

/**
 * The learning-rate range test (Smith 2017, section 3.3): one step a rate, from `from` to `to` evenly in the logarithm,
 * until the loss diverges. The model has the weights it had before; nothing is recorded. Show the result as a cell's
 * last expression: it is a chart.
 *
 * @throws TypeError or RangeError if options, model and data do not fit each other; nothing was done then.
 * @throws Interrupted if the person interrupts; the model has its weights then too.
 * @example
 * const found = await lrFinder(model, mnist, { optimizer: adam(), batchSize: 64 });
 * await fit(model, mnist, { optimizer: adam({ learningRate: found.steepest ?? 1e-3 }) });
 */
export async function lrFinder(
  model: tf.LayersModel,
  dataset: Dataset,
  options: LrFinderOptions = {},
): Promise<LrFinding> {
  refuseUnknown("lrFinder", options, known);
  const range = rangeOf(options);
  const { from, to, steps, smoothing, divergence, ...shared } = options;
  const plan = fitPlan(model, dataset, { ...shared, validation: false, track: false, progress: false });
  return whileBusy("lrFinder", model, async () => {
    host().trained?.();
    const step = createCapturedStep(model, {
      ...plan.step,
    });
    const signals = [host().signal(), plan.signal].filter((signal) => signal !== undefined);
    return new LrFinding(await rateCurve(plan.training, range, { step, model, signals }), model.name);
  });
}

function rangeOf(options: LrFinderOptions): RateRange {
  const from = firstRate(options.from ?? 1e-7);
  const steps = wholeNumber("lrFinder's steps", options.steps ?? 100);
  return {
    from,
    to: lastRate(options.to ?? 10, from),
    steps: inRange("lrFinder's steps", steps, { least: 10 }),
    smoothing: inRange("lrFinder's smoothing", options.smoothing ?? 0.9, { least: 0, below: 1 }),
    divergence: inRange("lrFinder's divergence", options.divergence ?? 4, { least: 1 }),
  };
}

function firstRate(from: number): number {
  if (inRange("lrFinder's from", from, { least: 0 }) > 0) return from;
  throw new RangeError(`lrFinder's from must be above 0, but is ${from}`);
}

function lastRate(to: number, from: number): number {
  if (inRange("lrFinder's to", to, { least: 0 }) > from) return to;
  throw new RangeError(`lrFinder's to must be above its from, but from is ${from} and to is ${to}`);
}
