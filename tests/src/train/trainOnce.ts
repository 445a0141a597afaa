/** Trains as `fit` does, without a run on disk, and says all that came out. */
import type { Histogram } from "../../../src/base/histogram.js";
import type { Dataset } from "../../../src/data/dataset.js";
import type { tf } from "../../../src/native/index.js";
import { createCapturedStep } from "../../../src/train/capturedStep.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";
import { emptyHistory } from "../../../src/train/metric.js";
import { silent } from "../../../src/train/progress.js";
import { Recorder } from "../../../src/train/recorder.js";
import { train } from "../../../src/train/train.js";

export async function trainOnce(
  model: tf.LayersModel,
  dataset: Dataset,
  options: FitOptions,
  stepOptions: { capture?: boolean } = {},
) {
  const plan = fitPlan(model, dataset, options);
  const step = createCapturedStep(model, { ...plan.step, ...stepOptions });
  const scalars = new Map<string, Map<number, number>>();
  const histograms = new Map<string, Histogram[]>();
  const told: string[] = [];
  const log = { history: emptyHistory(), steps: 0 };
  const recorder = new Recorder({
    log(values, at) {
      for (const [tag, value] of Object.entries(values))
        scalars.set(tag, (scalars.get(tag) ?? new Map<number, number>()).set(at, value));
    },
    histogram: (tag, histogram) => void histograms.set(tag, [...(histograms.get(tag) ?? []), histogram]),
  });
  const signals = plan.signal ? [plan.signal] : [];
  const tell = (sentence: string) => void told.push(sentence);
  const around = { step, model, recorder, progress: silent, trial: undefined, signals, tell };
  const { stopped } = await train(plan.training, around, log);
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  return { ...log, stopped, scalars, histograms, told, weights, eagerReasons: step.eagerReasons };
}
