/** A training from its plan to its end: the step, the run, what is shown and told meanwhile, and what is left. */
import { Interrupted, TrialPruned } from "./base/errors.js";
import { host } from "./base/host.js";
import { noteInterruptedTraining } from "./base/interruptedTrainings.js";
import { beginBoard } from "./fitBoard.js";
import { keepCaptures, keepWaiting } from "./fitCost.js";
import { eagerTeller } from "./fitEager.js";
import { endingText, interruptionText } from "./fitEnding.js";
import { tell, tellOnce } from "./fitNotices.js";
import { lookBefore } from "./fitPreflight.js";
import type { Trained } from "./fitRepeat.js";
import { findResumption, type Resumption } from "./fitResume.js";
import { FitInterrupted, FitRun } from "./fitRun.js";
import { openTracking, type Tracking } from "./fitTracking.js";
import { watchTraining } from "./fitWatch.js";
import type { Repeatable } from "./fix/index.js";
import type { tf } from "./native/index.js";
import { beginTraining, type EndStatus, type Run, rowLossFile } from "./track/index.js";
import { createCapturedStep } from "./train/capturedStep.js";
import { CheckpointFolder, checkpointFolder } from "./train/checkpoint/checkpointFolder.js";
import { type TrainingFacts, trainingFacts } from "./train/checkpoint/trainingFacts.js";
import { earlierTrainings } from "./train/earlierTrainings.js";
import type { FitPlan } from "./train/fitPlan.js";
import { emptyHistory } from "./train/history.js";
import { slowerHere } from "./train/precision.js";
import { type Progress, progressLine, silent } from "./train/progress.js";
import { Recorder } from "./train/recorder.js";
import { stepOptions } from "./train/stepOptions.js";
import type { Checkpoints, Outcome, TrainingLog } from "./train/surroundings.js";
import { train } from "./train/train.js";

/**
 * Trains by a plan and records it, where the plan says so.
 *
 * @param repeatable makes of the recorded training what does it again
 */
export async function recorded(
  model: tf.LayersModel,
  plan: FitPlan,
  repeatable?: (trained: Trained) => Repeatable,
): Promise<FitRun> {
  const start = performance.now();
  const facts = plan.checkpoint || plan.resume !== undefined ? trainingFacts(model, plan) : undefined;
  const resumption = findResumption(plan, facts, tell);
  const saved = resumption?.saved;
  for (const notice of plan.notices) tellOnce(notice);
  const slow = slowerHere(plan.step.precision ?? "float32");
  if (slow !== undefined) tellOnce(slow);
  host().trained?.();
  const step = createCapturedStep(model, { ...stepOptions(plan), rowLosses: plan.track !== undefined });
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
  const tellEager = eagerTeller(step, plan, tracking);
  const progress: Progress = {
    ...shown,
    step(count, means) {
      tellEager();
      shown.step(count, means);
    },
    epoch(epoch, values) {
      tellEager();
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
      ...(repeatable && run && { repeatable: repeatable({ id: run.id, dir: run.dir, seconds }) }),
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
      keepCaptures(step.captures, tracking?.run);
      const seconds = (performance.now() - start) / 1000;
      keepWaiting({ waited: log.inputSeconds ?? 0, seconds }, tracking?.run);
    });
    const run = result(outcome.stopped?.why === "notFinite" ? "failed" : "finished", outcome);
    if (run.status === "failed") tracking?.run.fail(run.stopReason);
    finish(tracking, run.status, run.stopReason);
    progress.end(endingText(run));
    return run;
  } catch (error) {
    if (error instanceof TrialPruned) finish(tracking, "pruned", error.message);
    else if (error instanceof Interrupted) finish(tracking, "interrupted");
    else finish(tracking, "failed", error);
    if (!(error instanceof Interrupted)) throw error;
    if (outside.some((signal) => signal?.aborted)) noteInterruptedTraining(plan.trial);
    const run = result("interrupted");
    progress.end(endingText(run));
    throw new FitInterrupted(interruptionText(run), run);
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

/** What `open` returns; if it throws, `undo` runs first. */
function openedOr<T>(undo: () => void, open: () => T): T {
  try {
    return open();
  } catch (error) {
    undo();
    throw error;
  }
}
