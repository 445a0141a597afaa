/** Trains a model and records it: where training, tracker and doctor meet. */
import type { Dataset } from "./data/dataset.js";
import { answerFix, type FixRequest, fixRequest, isAsked, recordBeside } from "./fitFixing.js";
import { keepFitted } from "./fitKept.js";
import { recorded } from "./fitRecorded.js";
import { repeatableTraining, type Trained, type TrainingOrigin, trainingOrigin } from "./fitRepeat.js";
import type { FitRun } from "./fitRun.js";
import { signsOf } from "./fitSigns.js";
import type { tf } from "./native/index.js";
import { newestRun, readRunRecord, trainedSeconds } from "./track/index.js";
import { whileBusy } from "./train/busyModels.js";
import type { FitOptions } from "./train/fitOptions.js";
import { type FitPlan, fitPlan } from "./train/fitPlan.js";

/**
 * Trains a model; afterwards it holds the trained weights.
 *
 * Same model, data, options and machine → the same numbers to the last digit. Gradients, weights and activations
 * are measured on sampled steps and recorded under `runs/` with all losses and metrics. A loss that becomes NaN or
 * infinite ends the training: the run is kept as failed, and `stopReason` tells. What is changed on the model's layers
 * meanwhile (`trainable`, a dropout's `rate`) holds from the next epoch on; weights trained anew start with new moments.
 *
 * @param model with any number of inputs and outputs; of several the losses are summed by `lossWeights`
 * @param dataset made by `data.mnist`, `data.arrays`, …; for several inputs or outputs with an array for each
 * @throws TypeError or RangeError if options, model and data do not fit each other; nothing was done then.
 * @throws FitInterrupted if the person interrupts; its `run` has what was done.
 * @throws TrialPruned if the trial's pruner decides.
 * @example
 * const run = await fit(model, mnist, { optimizer: adam({ learningRate: 1e-3 }), epochs: 5, batchSize: 64 });
 * run.best("valAccuracy");
 */
export async function fit(
  model: tf.LayersModel,
  dataset: Dataset,
  options: FitOptions = {},
): Promise<FitRun> {
  const request = fixRequest();
  return request ? inFix(request, { model, dataset, options }) : fitNow(model, dataset, options);
}

async function fitNow(model: tf.LayersModel, dataset: Dataset, options: FitOptions): Promise<FitRun> {
  const plan = fitPlan(model, dataset, options);
  const origin = trainingOrigin(plan, { model, dataset, options });
  const repeated =
    origin && ((trained: Trained) => repeatableTraining(origin, { trained, plan, train: copyNow }));
  const run = await whileBusy("fit", model, () => recorded(model, plan, repeated));
  keepFitted(run);
  return run;
}

/** A training of a fix: it can be diagnosed, and is not repeated itself. */
function copyNow(model: tf.LayersModel, dataset: Dataset, options: FitOptions): Promise<FitRun> {
  const plan = fitPlan(model, dataset, options);
  return whileBusy("fit", model, () => recorded(model, plan));
}

recordBeside();

/** The training that was asked for was found in this process. */
let isFound = false;

interface Given {
  readonly model: tf.LayersModel;
  readonly dataset: Dataset;
  readonly options: FitOptions;
}

/** In a process that looks for a fix. */
async function inFix(request: FixRequest, given: Given): Promise<FitRun> {
  // The process ends once the fix is answered: until then the program waits here.
  if (isFound) return new Promise(() => {});
  const { model, dataset, options } = given;
  const plan = fitPlan(model, dataset, options);
  const origin = trainingOrigin(plan, given);
  if (origin && isAsked(request, signsOf(model, plan))) {
    isFound = true;
    const { dir } = request;
    const record = readRunRecord(dir);
    const trained = { id: record.id, dir, seconds: trainedSeconds(record) };
    return answerFix(request, repeatableTraining(origin, { trained, plan, train: copyNow }));
  }
  return besideNow(given, plan, origin);
}

/**
 * Its run lies in the folder that is thrown away, since the program may ask for it, by `run.doctor()` or `run.fix()`. One that
 * goes on with another is not recorded.
 */
async function besideNow(
  { model }: Given,
  { board: _, ...plan }: FitPlan,
  origin: TrainingOrigin | undefined,
): Promise<FitRun> {
  const beside: FitPlan =
    plan.resume === undefined
      ? plan
      : { ...plan, resume: resumedFolder(plan), track: undefined, checkpoint: undefined };
  const run = await whileBusy("fit", model, () =>
    recorded(
      model,
      beside,
      origin && ((trained) => repeatableTraining(origin, { trained, plan, train: copyNow })),
    ),
  );
  keepFitted(run);
  return run;
}

/** Where it is recorded no more, it is not known either in which folder a name is looked for. */
function resumedFolder({ resume, track }: FitPlan): string | undefined {
  if (resume === undefined) return undefined;
  return newestRun(resume, track?.dir === undefined ? {} : { dir: track.dir }) ?? resume;
}
