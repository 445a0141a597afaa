/** The one door of `fit`: options checked against model and data, each with its value. */
import { host, hostInstalled, type RunningTrial } from "../base/host.js";
import { shown } from "../base/shown.js";
import type { Dataset } from "../data/dataset.js";
import type { tf } from "../native/index.js";
import { givenOptimizer } from "../optim/givenOptimizer.js";
import { adam } from "../optim/index.js";
import type { Optimizer } from "../optim/optimizer.js";
import { constant } from "../optim/schedules/constant.js";
import { scheduleGiven } from "../optim/schedules/joined.js";
import type { Schedule } from "../optim/schedules/schedule.js";
import { assumptions } from "./assumptions.js";
import { boardOf } from "./boardOption.js";
import { callbacksOf } from "./callback.js";
import type { CapturedStepOptions } from "./capturedStepOptions.js";
import { checkLoss } from "./checkLoss.js";
import { checkMonitor } from "./checkMonitor.js";
import { type CheckpointPlan, checkpointPlan } from "./checkpoint/checkpointOptions.js";
import { checkRecorded } from "./checkRecorded.js";
import { checkTrainable } from "./checkTrainable.js";
import { checkWeights } from "./checkWeights.js";
import { headWeights } from "./classWeights.js";
import { EarlyStopping } from "./earlyStopping.js";
import { EpochBatches } from "./epochBatches.js";
import { checkNames, type FitOptions } from "./fitOptions.js";
import { type Head, headsOf, measuredBy } from "./heads.js";
import { lossPlan, lossWeightsOf } from "./lossOptions.js";
import { lossScaleOf } from "./lossScaleOption.js";
import { limitsOf, oneOf, seedOf, stepsOf, wholeNumber } from "./optionValues.js";
import { checkPrecision, precisions } from "./precision.js";
import { preflightOf } from "./preflightOption.js";
import { rematerializedAt } from "./rematerialize/rematerialize.js";
import { sampleEvery } from "./sampleEvery.js";
import type { TrialSeam } from "./seams.js";
import { singleSteps } from "./singleSteps.js";
import { checkStatefulBatch, checkStatefulOptions, statefulBatch } from "./statefulBatch.js";
import { type ClipOptions, clippingOf } from "./step/clipping.js";
import { histogramEntries } from "./step/fixedSample.js";
import { type TrackPlan, trackPlan } from "./trackOption.js";
import { trainingData } from "./trainingData.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** Everything `fit` does, after the door. */
export interface FitPlan {
  readonly training: TrainingPlan;
  readonly optimizer: Optimizer;
  /** What the step is made of, but what is measured. */
  readonly step: Omit<CapturedStepOptions, "histograms" | "histogramEntries" | "capture">;
  readonly track: TrackPlan | undefined;
  readonly checkpoint: CheckpointPlan | undefined;
  /** Folder, id or name of the run to go on with. */
  readonly resume: string | undefined;
  readonly trial: TrialSeam | undefined;
  /** Data, model and loss are looked at before the first step. */
  readonly preflight: boolean;
  readonly progress: boolean;
  readonly verbose: boolean;
  /** Undefined where none is shown; an empty text for all series. */
  readonly board?: string;
  readonly signal: AbortSignal | undefined;
  /** What was assumed, and what has no effect, one sentence each. */
  readonly notices: readonly string[];
}

/**
 * Checks the options against model and data, and gives every one its value.
 *
 * @throws TypeError for wrong shapes and kinds, RangeError for wrong bounds and for what is not supported.
 */
export function fitPlan(model: tf.LayersModel, given: Dataset, options: FitOptions): FitPlan {
  checkNames(options);
  checkTrainable(model);
  // A run that is resumed brings its own.
  if (options.resume === undefined) checkWeights(model);
  const { dataset, train, validation, splits, targets } = trainingData(model, given, options);
  const loss = lossPlan(options.loss ?? "auto", model, targets);
  const lossWeights = lossWeightsOf(options.lossWeights, model);
  checkLoss(loss, model, { dataset, splits });
  const heads = headsOf(model, loss);
  const measured = measuredBy(heads, validation !== undefined);
  const epochs = wholeNumber("epochs", options.epochs ?? 10);
  const batchSize = wholeNumber("batchSize", options.batchSize ?? statefulBatch(model) ?? 64);
  checkStatefulBatch("fit", model, { batchSize, splits });
  const accumulate = wholeNumber("accumulate", options.accumulate ?? 1);
  const { updates: stepsPerEpoch } = new EpochBatches({ size: train.size, batchSize, accumulate });
  const optimizer = givenOptimizer("fit", options.optimizer ?? adam());
  checkStatefulOptions(model, {
    checkpoint: options.checkpoint !== undefined && options.checkpoint !== false,
    resume: options.resume !== undefined,
    'outOfMemory: "halve"': options.outOfMemory === "halve",
    'notFinite: "skip"': options.notFinite === "skip",
    'precision: "float16"': options.precision === "float16",
    "an optimizer that climbs before it descends": optimizer.ascend !== undefined,
  });
  const track = trackPlan(options.track ?? {}, runningTrial() ?? { name: model.name });
  const precision = oneOf("precision", options.precision ?? "float32", precisions);
  checkPrecision(precision);
  const lossScale = lossScaleOf(options.lossScale, precision);
  const training: TrainingPlan = {
    dataset,
    train,
    validation,
    loss,
    epochs,
    batchSize,
    accumulate,
    stepsPerEpoch,
    ...limitsOf(options),
    notFinite: oneOf("notFinite", options.notFinite ?? "stop", ["stop", "skip", "tell"]),
    outOfMemory: oneOf("outOfMemory", options.outOfMemory ?? "stop", ["stop", "halve"]),
    ...(lossScale && { lossScale }),
    callbacks: callbacksOf(options.callbacks),
    seed: seedOf(options),
    // States that go from batch to batch belong to sequences only where batches stay in their order.
    shuffle: options.shuffle ?? statefulBatch(model) === undefined,
    classWeights: headWeights(options.classWeights, { model, dataset, train }),
    earlyStopping: earlyStoppingOf(options, measured),
    learningRate: optimizer.learningRate,
    schedule: scheduleOf(options.schedule, { optimizer, measured }),
    sampleEvery:
      track?.sampleEvery ??
      sampleEvery({
        steps: epochs * stepsPerEpoch,
        rows: batchSize * accumulate,
        model,
        entries: track?.histogramEntries ?? histogramEntries,
      }),
  };
  if (accumulate > 1 && optimizer.ascend)
    throw new TypeError(
      `fit needs accumulate 1 for an optimizer that climbs before it descends; it was given ${accumulate} with ${optimizer.name}`,
    );
  const labelSmoothing = smoothingOf(options, heads);
  const clip = clipOf(options);
  const { rematerialize = false } = options;
  rematerializedAt("fit", model, rematerialize);
  const stepsPerExecution = stepsOf(options.stepsPerExecution);
  const checkpoint = checkpointPlan(options.checkpoint, measured);
  checkRecorded(options, { checkpoint, track, schedule: training.schedule });
  return {
    training,
    optimizer,
    step: {
      loss,
      ...(lossWeights && { lossWeights }),
      optimizer,
      ...clip,
      ...(labelSmoothing > 0 && { labelSmoothing }),
      ...(precision !== "float32" && { precision }),
      ...(rematerialize !== false && { rematerialize }),
      guards: training.notFinite === "skip" || lossScale !== undefined,
      stepsPerExecution,
    },
    track,
    checkpoint,
    resume: options.resume,
    trial: options.trial,
    preflight: preflightOf(options),
    progress: options.progress ?? true,
    verbose: options.verbose ?? false,
    ...boardOf(options.board, track !== undefined),
    signal: options.signal,
    notices: [
      ...assumptions({ model, targets, option: options.loss, loss }),
      ...singleSteps(stepsPerExecution, training, track !== undefined),
    ],
  };
}

/** Of the sweep this process works for, if it does. */
function runningTrial(): RunningTrial | undefined {
  return hostInstalled() ? host().trial?.() : undefined;
}

/** Restoring the best weights alone is a watch that never stops. */
function earlyStoppingOf(
  { earlyStopping, restoreBest = false }: FitOptions,
  measured: readonly string[],
): EarlyStopping | undefined {
  if (earlyStopping !== undefined && restoreBest !== false)
    throw new TypeError(
      "fit needs either restoreBest or earlyStopping, which has a restoreBest of its own; it was given both",
    );
  if (earlyStopping === undefined && restoreBest === false) return undefined;
  const never = { patience: Number.POSITIVE_INFINITY, ...(restoreBest !== true && restoreBest) };
  const [who, options] = earlyStopping ? ["earlyStopping", earlyStopping] : ["restoreBest", never];
  // Before the watch asks for the direction of a name that is misspelt.
  if (options.monitor !== undefined) checkMonitor(who, options.monitor, measured);
  return new EarlyStopping(options, { monitor: measured.includes("valLoss") ? "valLoss" : "loss" });
}

function smoothingOf({ labelSmoothing = 0 }: FitOptions, heads: readonly Head[]): number {
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw new RangeError(
      `fit needs labelSmoothing to be at least 0 and below 1; it was given ${shown(labelSmoothing)}`,
    );
  if (labelSmoothing > 0 && !heads.some(({ loss }) => loss.smooths))
    throw new TypeError(
      `fit needs a loss over classes for labelSmoothing; this training has ${heads.map(({ loss }) => loss.name).join(", ")}`,
    );
  return labelSmoothing;
}

/** Those of the options that were given, checked. */
function clipOf(options: FitOptions): ClipOptions {
  clippingOf("fit", options);
  const { clipNorm, clipValue, clipAdaptive } = options;
  return {
    ...(clipNorm !== undefined && { clipNorm }),
    ...(clipValue !== undefined && { clipValue }),
    ...(clipAdaptive !== undefined && { clipAdaptive }),
  };
}

/** @throws TypeError for what is no schedule or fits the optimiser not, RangeError where it observes what is not measured. */
function scheduleOf(
  given: Schedule | undefined,
  { optimizer, measured }: { optimizer: Optimizer; measured: readonly string[] },
): Schedule {
  const schedule = scheduleGiven("fit", given ?? constant());
  if (schedule.momentum && optimizer.momentum === undefined)
    throw new TypeError(
      `fit needs an optimizer with momentum for a schedule of it ("${schedule.name}"); it was given ${optimizer.name} without`,
    );
  const missing = schedule.monitors?.find((monitor) => !measured.includes(monitor));
  if (missing !== undefined)
    throw new RangeError(
      `fit needs a schedule that monitors what is measured here (${measured.join(", ")}); it was given "${missing}"`,
    );
  return schedule;
}
