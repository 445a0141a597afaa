/** Trains a model and records it: where training, tracker and doctor meet. */
import { Interrupted, TrialPruned } from "./base/errors.js";
import { host } from "./base/host.js";
import { noteInterruptedTraining } from "./base/interruptedTrainings.js";
import type { Dataset } from "./data/dataset.js";
import { beginBoard } from "./fitBoard.js";
import { answerFix, type FixRequest, fixRequest, isAsked, recordBeside } from "./fitFixing.js";
import { keepFitted } from "./fitKept.js";
import { tell, tellOnce } from "./fitNotices.js";
import { lookBefore } from "./fitPreflight.js";
import { repeatableTraining, type TrainingOrigin, trainingOrigin } from "./fitRepeat.js";
import { findResumption, type Resumption } from "./fitResume.js";
import { epochsText, FitInterrupted, FitRun } from "./fitRun.js";
import { signsOf } from "./fitSigns.js";
import { openTracking, type Tracking } from "./fitTracking.js";
import { watchTraining } from "./fitWatch.js";
import type { tf } from "./native/index.js";
import {
  beginTraining,
  type EndStatus,
  type Run,
  readRunRecord,
  rowLossFile,
  trainedSeconds,
} from "./track/index.js";
import { whileBusy } from "./train/busyModels.js";
import { createCapturedStep } from "./train/capturedStep.js";
import { CheckpointFolder, checkpointFolder } from "./train/checkpoint/checkpointFolder.js";
import { type TrainingFacts, trainingFacts } from "./train/checkpoint/trainingFacts.js";
import { earlierTrainings } from "./train/earlierTrainings.js";
import type { FitOptions } from "./train/fitOptions.js";
import { type FitPlan, fitPlan } from "./train/fitPlan.js";
import { emptyHistory } from "./train/history.js";
import { type Precision, slowerHere } from "./train/precision.js";
import { clock, numbers, type Progress, progressLine, silent } from "./train/progress.js";
import { Recorder } from "./train/recorder.js";
import type { CaptureCost } from "./train/seams.js";
import { noEffect } from "./train/singleSteps.js";
import type { Checkpoints, Outcome, TrainingLog } from "./train/surroundings.js";
import { train } from "./train/train.js";

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
  const run = await whileBusy("fit", model, () => recorded(model, plan, origin));
  keepFitted(run);
  return run;
}

/** A training of a fix: it can be diagnosed, and is not repeated itself. */
function copyNow(model: tf.LayersModel, dataset: Dataset, options: FitOptions): Promise<FitRun> {
  const plan = fitPlan(model, dataset, options);
  return whileBusy("fit", model, () => recorded(model, plan, undefined));
}

recordBeside();

/** The training that was asked for was found in this process. */
let isFound = false;

/** In a process that looks for a fix. */
async function inFix(
  request: FixRequest,
  given: { readonly model: tf.LayersModel; readonly dataset: Dataset; readonly options: FitOptions },
): Promise<FitRun> {
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
  return whileBusy("fit", model, () =>
    recorded(model, { ...plan, track: undefined, checkpoint: undefined }, undefined),
  );
}

async function recorded(
  model: tf.LayersModel,
  plan: FitPlan,
  origin: TrainingOrigin | undefined,
): Promise<FitRun> {
  const start = performance.now();
  const facts = plan.checkpoint || plan.resume !== undefined ? trainingFacts(model, plan) : undefined;
  const resumption = findResumption(plan, facts, tell);
  const saved = resumption?.saved;
  for (const notice of plan.notices) tellOnce(notice);
  const slow = slowerHere(plan.step.precision ?? "float32");
  if (slow !== undefined) tellOnce(slow);
  host().trained?.();
  const { histograms = [], histogramEntries } = plan.track ?? {};
  const step = createCapturedStep(model, {
    ...plan.step,
    rowLosses: plan.track !== undefined,
    histograms,
    ...(histogramEntries !== undefined && { histogramEntries }),
  });
  const tracking = openedOr(
    () => step.dispose(),
    () => {
      // Before the run is touched: it may not fit.
      if (saved) step.restore(saved.step);
      return openTracking(model, plan, resumption);
    },
  );
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  const shown = progressOf(plan);
  const watch =
    tracking && shown !== silent && !plan.trial
      ? watchTraining(tracking.run, { epochs: plan.training.epochs, say: (line) => shown.note(line) })
      : undefined;
  let eager = 0;
  const tellNewReasons = () => {
    const { eagerReasons: reasons, singleReason } = step;
    const { stepsPerExecution: asked = "auto" } = plan.step;
    if (singleReason !== undefined && asked !== "auto" && asked > 1)
      tellOnce(noEffect(asked, `what cannot be captured: ${singleReason}`));
    if (reasons.length === eager) return;
    eager = reasons.length;
    tellEager(reasons, { tracking, precision: plan.step.precision });
  };
  const progress: Progress = {
    ...shown,
    step(count, means) {
      tellNewReasons();
      shown.step(count, means);
    },
    epoch(epoch, values) {
      tellNewReasons();
      shown.epoch(epoch, values);
      watch?.(epoch);
    },
  };
  const result = (status: FitRun["status"], outcome?: Outcome) => {
    const seconds = (performance.now() - start) / 1000 + (saved?.state.seconds ?? 0);
    const { run } = tracking ?? {};
    return new FitRun({
      name: tracking?.run.name ?? plan.track?.name ?? model.name,
      recorded: run,
      history: log.history,
      status,
      stopReason: outcome?.stopped?.reason,
      steps: log.steps,
      seconds,
      captures: step.captures,
      ...(origin &&
        run && {
          repeatable: repeatableTraining(origin, {
            trained: { id: run.id, dir: run.dir, seconds },
            plan,
            train: copyNow,
          }),
        }),
    });
  };
  const outside = [host().signal(), plan.trial?.interruption ?? plan.trial?.signal];
  const signals = [...outside, plan.signal].filter((signal) => signal !== undefined);
  const trained = tracking && beginTraining(tracking.run);
  const endBoard = beginBoard(tracking?.run, plan.board);
  try {
    if (plan.preflight) await lookBefore(model, plan, { tracking, signals });
    const outcome = await train(
      plan.training,
      {
        step,
        model,
        // A run of its own begins at 0; a trial's goes on.
        recorder:
          tracking &&
          new Recorder(
            tracking.tracker,
            tracking.owned ? undefined : earlierTrainings(plan.trial),
            rowLossFile(tracking.run, labelsOf(plan.training)),
          ),
        progress,
        trial: plan.trial,
        signals,
        checkpoints: tracking && checkpointsOf(plan, { model, facts, resumption, run: tracking.run }),
        resumed: saved,
        tell: tracking ? (sentence) => tracking.run.problem(sentence) : tell,
      },
      log,
    ).finally(() => {
      keepCaptures(step.captures, tracking);
      keepWaiting({ waited: log.inputSeconds ?? 0, seconds: (performance.now() - start) / 1000 }, tracking);
    });
    const run = result(outcome.stopped?.why === "notFinite" ? "failed" : "finished", outcome);
    if (run.status === "failed") tracking?.run.fail(run.stopReason);
    finish(tracking, run.status, run.stopReason);
    progress.end(ending(run));
    return run;
  } catch (error) {
    if (error instanceof TrialPruned) finish(tracking, "pruned", error.message);
    else if (error instanceof Interrupted) finish(tracking, "interrupted");
    else finish(tracking, "failed", error);
    if (!(error instanceof Interrupted)) throw error;
    if (outside.some((signal) => signal?.aborted)) noteInterruptedTraining(plan.trial);
    const run = result("interrupted");
    progress.end(ending(run));
    throw new FitInterrupted(
      `the training of "${run.name}" was interrupted after ${epochsText(run.epochs)}${keptText(run)}`,
      run,
    );
  } finally {
    trained?.();
    await endBoard();
  }
}

/** Of a data set with one target, which is a class. */
function labelsOf({ train, dataset }: FitPlan["training"]): Int32Array | undefined {
  const values = train.columns ? train.columns.targets[0]?.values : train.y;
  return dataset.classes !== undefined && values instanceof Int32Array ? values : undefined;
}

interface CheckpointsOf {
  readonly model: tf.LayersModel;
  readonly facts: TrainingFacts | undefined;
  readonly resumption: Resumption | undefined;
  readonly run: Run;
}

function checkpointsOf(
  plan: FitPlan,
  { model, facts, resumption, run }: CheckpointsOf,
): Checkpoints | undefined {
  const { checkpoint } = plan;
  if (!checkpoint || !facts) return undefined;
  return new CheckpointFolder(checkpointFolder(run.dir), {
    plan: checkpoint,
    facts,
    layers: resumption?.saved.layers ?? model.layers.map(({ name }) => name),
    tell: (sentence) => run.problem(sentence),
  });
}

/** A trial's run is ended with the trial, which may train more than once. */
function finish(tracking: Tracking | undefined, status: EndStatus, why?: unknown): void {
  if (tracking?.owned) tracking.run.finish(status, why);
}

function progressOf(plan: FitPlan): Progress {
  if (!plan.progress || host().kind === "worker") return silent;
  const { epochs, stepsPerEpoch, maxSteps } = plan.training;
  return progressLine({ epochs, stepsPerEpoch, maxSteps, verbose: plan.verbose });
}

function ending(run: FitRun): string {
  const last = Object.entries(run.history).flatMap(([key, values]) =>
    values.length > 0 ? [[key, values.at(-1) ?? 0]] : [],
  );
  const head = `${run.name}: ${run.status}, ${epochsText(run.epochs)} in ${clock(run.seconds)}`;
  // Before the first epoch's end there are no numbers.
  const parts = [head, numbers(Object.fromEntries(last)), run.stopReason ?? ""];
  return parts.filter((part) => part !== "").join(" · ");
}

/** The call returns nothing now: where what was done can be found. */
function keptText({ id }: FitRun): string {
  if (id === undefined) return "";
  const shown = host().kind === "notebook" ? `%board ${id} shows it, ` : "";
  return `; what it recorded is kept: ${shown}runs({ runs: "${id}" }) lists it, and the model is trained so far`;
}

/** Says each reason why steps run eagerly, which is slower, once in this process, and keeps them all with the run. */
function tellEager(
  reasons: readonly string[],
  { tracking, precision }: { tracking: Tracking | undefined; precision: Precision | undefined },
): void {
  const how = precision ? "slower, and computes in float32" : "slower";
  tracking?.run.describe({ environment: { eager: reasons.join("; ") } });
  for (const reason of reasons)
    tellOnce(`steps of this model run without a captured step, which is ${how}: ${reason}`);
}

/** With the run, in milliseconds. */
function keepCaptures(captures: readonly CaptureCost[], tracking: Tracking | undefined): void {
  const round = (value: number | undefined) => value && Math.round(value * 100) / 100;
  const rounded = captures.map((cost) => ({
    ...cost,
    tracing: round(cost.tracing),
    firstRun: round(cost.firstRun),
  }));
  if (rounded.length > 0) tracking?.run.describe({ environment: { captures: rounded } });
}

/** With the run, in seconds of this call: how long steps waited for their batches, and how long it all took. */
function keepWaiting(
  { waited, seconds }: { readonly waited: number; readonly seconds: number },
  tracking: Tracking | undefined,
): void {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  tracking?.run.describe({ environment: { inputSeconds: round(waited), trainingSeconds: round(seconds) } });
}

/** What `open` returns; if it throws, `undo` runs first. */
function openedOr<T>(undo: () => void, open: () => T): T {
  try {
    return open();
  } catch (error) {
    undo();
    throw error;
  }
}
