/** The run in which `fit` records a training. */
import { host } from "./base/host.js";
import type { ModelSummary } from "./base/modelSummary.js";
import { keepData } from "./fitData.js";
import { trainingEnvironment } from "./fitEnvironment.js";
import { equalBefore } from "./fitEqual.js";
import { tell } from "./fitNotices.js";
import { type Resumption, resumeTracking } from "./fitResume.js";
import { hasZeroBiases, initialKernels } from "./models/initialKernels.js";
import { modelSummary } from "./models/summary.js";
import type { tf } from "./native/index.js";
import { openRun, type Run } from "./track/index.js";
import { sayableWeights } from "./train/classWeights.js";
import type { FitPlan } from "./train/fitPlan.js";
import { saidLoss } from "./train/heads.js";
import { outputSummaries } from "./train/outputSummary.js";
import type { TrackerSeam, TrialSeam } from "./train/seams.js";

export interface Tracking {
  readonly run: Run;
  /** Where the training's points go: the run, or what keeps it from having them twice. */
  readonly tracker: TrackerSeam;
  /** False for a trial's run, which the trial ends. */
  readonly owned: boolean;
}

/** Opens a run, goes on with one, or takes the trial's; undefined when nothing is to be recorded. */
export function openTracking(
  model: tf.LayersModel,
  plan: FitPlan,
  resumption: Resumption | undefined,
): Tracking | undefined {
  const { track, trial, training } = plan;
  if (!track) return undefined;
  const settings = trainingConfig(model, plan);
  const { name, tags, notes, group, dir, parent, system, output } = track;
  const beside = { ...(system !== undefined && { system }), ...(output !== undefined && { output }) };
  if (resumption) return { ...resumeTracking(resumption, model, { config: settings, beside }), owned: true };
  const details = {
    config: settings,
    model: modelFound(model, plan),
    seed: training.seed,
    environment: trainingEnvironment(),
  };
  const given = runOf(trial);
  if (given && parent !== undefined)
    throw new TypeError(
      `fit needs track without parent in a sweep's trial, which records in the trial's run "${given.name}"`,
    );
  if (given) {
    given.describe(details);
    recordGraph(given, model);
    keepData(given, model, plan);
    return { run: given, tracker: given, owned: false };
  }
  const texts = {
    name,
    ...(tags && { tags }),
    ...(notes && { notes }),
    ...(group && { group }),
    ...(dir && { dir }),
    ...(parent && { parent }),
    ...beside,
  };
  const { seed, model: found } = details;
  const before = equalBefore({ name, config: settings, seed, layers: found.layers });
  try {
    const run = openRun({ ...texts, ...details, equalBefore: before });
    recordGraph(run, model);
    keepData(run, model, plan);
    return { run, tracker: run, owned: true };
  } catch (error) {
    // What cannot be saved either is not begun.
    if (plan.checkpoint || !takesNothing(error)) throw error;
    tell(`this training goes on without being recorded: ${(error as Error).message}`);
    return undefined;
  }
}

/** A disk that is full, or may not be written to: no reason not to train. */
function takesNothing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"].includes(code ?? "");
}

const drawn = new WeakSet<Run>();

/** Once, though a trial may train several times in its run. What goes wrong with it stops no training. */
function recordGraph(run: Run, model: tf.LayersModel): void {
  if (drawn.has(run)) return;
  drawn.add(run);
  try {
    run.graph(model);
  } catch (error) {
    run.problem(`the model's graph is not recorded: ${(error as Error).message}`);
  }
}

/** A sweep's trial has a run of its own; other things that `fit` reports to need none. */
function runOf(trial: TrialSeam | undefined): Run | undefined {
  return (trial as { readonly run?: Run } | undefined)?.run;
}

/** The model as the training finds it, and what its outputs are taught. */
export function modelFound(model: tf.LayersModel, { training }: FitPlan): ModelSummary {
  const { layers, ...whole } = modelSummary(model);
  const begun = layers.map((layer, i) => {
    const found = model.layers[i] as tf.LayersModel["layers"][number];
    const initial = initialKernels(found);
    const zeroBiases = hasZeroBiases(found);
    return {
      ...layer,
      ...(Object.keys(initial).length > 0 && { initial }),
      ...(zeroBiases !== undefined && { zeroBiases }),
    };
  });
  return { layers: begun, ...whole, outputs: outputSummaries(model, training) };
}

/** What a run records of how it was trained. */
export function trainingConfig(model: tf.LayersModel, plan: FitPlan): object {
  const { training, optimizer, trial } = plan;
  return {
    ...(trial ?? host().trial?.())?.params,
    model: model.name,
    dataset: training.dataset.name,
    trainSize: training.train.size,
    optimizer: optimizer.name,
    ...(Object.keys(optimizer.settings).length > 0 && { optimizerOptions: optimizer.settings }),
    learningRate: training.learningRate,
    schedule: training.schedule.name,
    epochs: training.epochs,
    batchSize: training.batchSize,
    ...(training.accumulate > 1 && { accumulate: training.accumulate }),
    loss: saidLoss(training.loss, ({ name }) => name),
    ...(training.lossScale && { lossScale: training.lossScale }),
    ...stepConfig(plan),
    ...(training.classWeights && { classWeights: sayableWeights(training.classWeights) }),
    ...plan.track?.config,
  };
}

/** Of the step's options those that were given. */
function stepConfig({ step }: FitPlan): object {
  const { loss: _, optimizer: __, guards: ___, ...given } = step;
  return given;
}
