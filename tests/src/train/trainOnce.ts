/** Trains as `fit` does, without a run on disk, and says all that came out. */
import type { Histogram } from "../../../src/base/histogram.js";
import type { Dataset } from "../../../src/data/dataset.js";
import type { tf } from "../../../src/native/index.js";
import { createCapturedStep } from "../../../src/train/capturedStep.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";
import { emptyHistory } from "../../../src/train/history.js";
import { silent } from "../../../src/train/progress.js";
import { Recorder } from "../../../src/train/recorder.js";
import type { Surroundings, TrainingLog } from "../../../src/train/surroundings.js";
import { train } from "../../../src/train/train.js";

interface Beside {
  readonly capture?: boolean;
  /** Kept by who wants it of a training that throws. */
  readonly log?: TrainingLog;
  readonly around?: Partial<Pick<Surroundings, "checkpoints" | "tell">>;
}

export async function trainOnce(
  model: tf.LayersModel,
  dataset: Dataset,
  options: FitOptions,
  { log = { history: emptyHistory(), steps: 0 }, around: own, ...stepOptions }: Beside = {},
) {
  const plan = fitPlan(model, dataset, options);
  const step = createCapturedStep(model, { ...plan.step, ...stepOptions });
  const scalars = new Map<string, Map<number, number>>();
  const histograms = new Map<string, Map<number, Histogram>>();
  const told: string[] = [];
  const recorder = new Recorder({
    log(values, at) {
      for (const [tag, value] of Object.entries(values)) keep(scalars, tag).set(at, value);
    },
    histograms(all, at) {
      for (const [tag, histogram] of all) keep(histograms, tag).set(at, histogram);
    },
  });
  const { trial } = plan;
  const signals = [trial?.signal, plan.signal].filter((signal) => signal !== undefined);
  const tell = (sentence: string) => void told.push(sentence);
  const around = { step, model, recorder, progress: silent, trial, signals, tell, ...own };
  const { stopped } = await train(plan.training, around, log);
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  const losses = [...(scalars.get("train/loss")?.values() ?? [])];
  return { ...log, stopped, scalars, losses, histograms, told, weights, eagerReasons: step.eagerReasons };
}

function keep<T>(all: Map<string, Map<number, T>>, tag: string): Map<number, T> {
  const series = all.get(tag) ?? new Map<number, T>();
  all.set(tag, series);
  return series;
}
