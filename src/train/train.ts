/** The training loop: batches in, one step each, numbers out. */
import { type Breather, breather } from "../base/breather.js";
import { Interrupted } from "../base/errors.js";
import type { TensorFlowError } from "../native/index.js";
import { BestWeights } from "./bestWeights.js";
import { CallbackCalls } from "./callbackCalls.js";
import { ClassRecalls } from "./classRecalls.js";
import { addTraining, type Earlier, earlierTrainings } from "./earlierTrainings.js";
import { EpochFeed } from "./epochFeed.js";
import { addEpoch, takeOver } from "./history.js";
import { Judge } from "./judge.js";
import { LossScale } from "./lossScale.js";
import { Meter } from "./meter.js";
import { isOutOfMemory, withMemoryHint } from "./outOfMemory.js";
import { reportToTrial } from "./reportToTrial.js";
import { RowLosses } from "./rowLosses.js";
import { SampleWeights } from "./sampleWeights.js";
import { Scheduled } from "./scheduled.js";
import { statefulBatch } from "./statefulBatch.js";
import { StepPlaces } from "./stepPlaces.js";
import { StepTaker, type TakenStep } from "./stepTaker.js";
import type { Outcome, Stop, Surroundings, TrainingLog } from "./surroundings.js";
import type { TrainingPlan } from "./trainingPlan.js";
import type { SavedTraining, TrainingState } from "./trainingState.js";
import { overflowOf, Updates } from "./updates.js";
import { Validation } from "./validation.js";

/**
 * Trains until the last epoch, an early stop, a limit, or a loss that is no number; then disposes the step, so that the
 * model holds the trained weights (those of the best epoch where that is asked for), error or not.
 *
 * @throws Interrupted once a signal is aborted. @throws TrialPruned once the pruner decides.
 */
export async function train(plan: TrainingPlan, around: Surroundings, log: TrainingLog): Promise<Outcome> {
  const loop = new Loop(plan, around, log);
  let finished = false;
  let outcome: Outcome;
  try {
    outcome = await loop.run();
    finished = true;
  } catch (error) {
    if (error instanceof Interrupted) await loop.saveOrTell();
    throw error;
  } finally {
    addTraining(around.trial, { epochs: log.history.loss.length, steps: log.steps });
    loop.end(finished);
  }
  await loop.callbacks.call("end");
  return outcome;
}

/** State of one training. */
class Loop {
  readonly callbacks: CallbackCalls;
  readonly #plan: TrainingPlan;
  readonly #around: Surroundings;
  readonly #log: TrainingLog;
  readonly #breath: Breather;
  /** What this trial trained before. */
  readonly #earlier: Earlier;
  readonly #updates: Updates;
  readonly #validation: Validation | undefined;
  readonly #lossScale: LossScale | undefined;
  readonly #judge: Judge;
  readonly #best: BestWeights;
  readonly #schedule: Scheduled;
  readonly #places: StepPlaces;
  readonly #taker: StepTaker;
  readonly #weights: SampleWeights | undefined;
  readonly #rowLosses: RowLosses;
  readonly #recalls: ClassRecalls | undefined;
  #learningRate = 0;
  /** Finished epochs, and batches trained of the next: the place of a checkpoint. */
  #epochs = 0;
  #batches = 0;
  /** Of those batches. */
  #meter = new Meter();
  /** Where the last checkpoint was written. */
  #savedAt = "";

  constructor(plan: TrainingPlan, around: Surroundings, log: TrainingLog) {
    const { train, classWeights, validation, batchSize, outOfMemory, accumulate } = plan;
    const { step, tell } = around;
    this.#plan = plan;
    this.#around = around;
    this.#log = log;
    this.#schedule = new Scheduled(plan);
    this.#best = new BestWeights(around.model);
    this.#judge = new Judge(plan, tell);
    this.#weights = classWeights && new SampleWeights(train, classWeights);
    this.#rowLosses = new RowLosses(train.size, around.recorder);
    this.#earlier = earlierTrainings(around.trial);
    this.#breath = breather(...around.signals);
    this.#places = new StepPlaces(plan, this.#schedule, around.recorder !== undefined);
    this.callbacks = new CallbackCalls({ plan, around, log, learningRate: () => this.#learningRate });
    this.#lossScale = plan.lossScale && new LossScale(plan.lossScale);
    const skips = plan.notFinite === "skip" || this.#lossScale !== undefined;
    const gathers = skips || accumulate > 1 || outOfMemory === "halve";
    this.#updates = new Updates(step, { skips, gathers, lossScale: this.#lossScale });
    const halved = outOfMemory === "halve" ? tell : undefined;
    const isFixed = statefulBatch(around.model) !== undefined;
    const breath = this.#breath;
    this.#taker = new StepTaker({ plan, around, updates: this.#updates, places: this.#places, breath, log });
    const recalls = around.recorder && ClassRecalls.of(plan);
    this.#recalls = recalls;
    this.#validation =
      validation && new Validation({ split: validation, batchSize, isFixed, step, breath, recalls, halved });
  }

  async run(): Promise<Outcome> {
    if (this.#around.resumed) this.#resume(this.#around.resumed);
    await this.callbacks.call("begin");
    let stopped = this.callbacks.asked ?? (this.#epochs > 0 ? this.#stopEarly() : undefined);
    while (this.#epochs < this.#plan.epochs && !stopped) stopped = await this.#epoch();
    return stopped ? { stopped } : {};
  }

  /** @param restore whether the best epoch's weights, if kept, become the model's */
  end(restore: boolean): void {
    this.#around.step.dispose();
    if (restore) this.#best.giveBack();
    this.#best.dispose();
    this.#validation?.dispose();
    this.#weights?.dispose();
  }

  /** Writes a checkpoint unless there is one of this place. `values` are those of an epoch that has just ended. */
  async save(values?: Readonly<Record<string, number>>): Promise<void> {
    const { checkpoints, step } = this.#around;
    const place = `${this.#epochs} ${this.#batches}`;
    if (!checkpoints || place === this.#savedAt) return;
    await checkpoints.save({ state: this.#state(), step: step.save(), best: this.#best.save() }, values);
    this.#savedAt = place;
  }

  /** At an interrupt: that the state cannot be had then is told, and does not hide the interrupt. */
  async saveOrTell(): Promise<void> {
    try {
      await this.save();
    } catch (error) {
      this.#around.tell(`writing a checkpoint at the interrupt failed: ${(error as Error).message}`);
    }
  }

  #state(): TrainingState {
    const { history, steps } = this.#log;
    const schedule = this.#schedule.state;
    const { earlyStopping } = this.#plan;
    return {
      epochs: this.#epochs,
      batches: this.#batches,
      steps,
      meter: this.#meter.state,
      history: structuredClone(history),
      learningRate: this.#learningRate,
      pieces: this.#updates.pieces,
      skipped: this.#judge.skipped,
      seconds: this.#judge.seconds + (this.#around.resumed?.state.seconds ?? 0),
      ...(schedule !== undefined && { schedule }),
      ...(earlyStopping && { earlyStopping: earlyStopping.state }),
      ...(this.#lossScale && { lossScale: this.#lossScale.state }),
    };
  }

  #resume({ state, step, best }: SavedTraining): void {
    this.#around.step.restore(step);
    this.#best.restore(best);
    this.#epochs = state.epochs;
    this.#batches = state.batches;
    this.#meter = new Meter(state.meter);
    this.#learningRate = state.learningRate;
    this.#judge.skipped = state.skipped;
    if (state.pieces > 1) this.#updates.restart(state.pieces);
    this.#log.steps = state.steps;
    takeOver(this.#log.history, state.history);
    this.#schedule.restore(state.schedule);
    const { earlyStopping } = this.#plan;
    if (earlyStopping && state.earlyStopping) earlyStopping.state = state.earlyStopping;
    if (this.#lossScale && state.lossScale) this.#lossScale.state = state.lossScale;
    this.#savedAt = `${this.#epochs} ${this.#batches}`;
  }

  async #epoch(): Promise<Stop | undefined> {
    const epoch = this.#epochs + 1;
    const cut = await this.#trainEpoch(epoch);
    if (
      cut &&
      cut.why !== "notFinite" &&
      this.#around.checkpoints &&
      this.#batches < this.#places.batches.count
    ) {
      // A pause: who goes on finishes the epoch.
      await this.save();
      return cut;
    }
    const validated = await this.#validation?.measure(this.#log.steps);
    const values = { ...this.#meter.means(), ...validated };
    this.#note(epoch, values);
    this.#schedule.observe(values, { epoch, step: this.#log.steps - 1 });
    const diverged = cut?.why === "notFinite";
    if (!diverged) this.#watch(values);
    await this.callbacks.call("epoch", { epoch, steps: this.#log.steps, values, history: this.#log.history });
    const stopped = cut ?? this.callbacks.asked ?? this.#stopEarly();
    this.#rowLosses.endEpoch(epoch);
    this.#epochs = epoch;
    this.#batches = 0;
    this.#meter = new Meter();
    const isLast = stopped !== undefined || epoch === this.#plan.epochs;
    // A checkpoint of a training that diverged would be of no use.
    if (!diverged && (isLast || this.#around.checkpoints?.isDueAfterEpoch(epoch, values)))
      await this.save(values);
    await reportToTrial(this.#around.trial, { values, epoch, earlier: this.#earlier.epochs, isLast });
    return stopped;
  }

  /** The batches of the epoch that were not trained yet; says why it ended before the last. */
  async #trainEpoch(epoch: number): Promise<Stop | undefined> {
    this.#around.step.refresh();
    for (;;) {
      try {
        return await this.#trainBatches(epoch);
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        this.#takeLess(error);
      }
    }
  }

  async #trainBatches(epoch: number): Promise<Stop | undefined> {
    const { train, batchSize, shuffle } = this.#plan;
    const seed = this.#places.orderSeed(epoch);
    const weights = this.#weights;
    const keepsRows = this.#rowLosses.isFor(epoch);
    const feed = new EpochFeed(train, { batchSize, shuffle, seed, weights, first: this.#batches });
    for await (const taken of this.#taker.take(feed, epoch)) {
      if (keepsRows) this.#rowLosses.add(feed.rowsOf(taken.batches - 1), taken.update.result.rows);
      const stop = await this.#afterStep(taken, epoch);
      if (stop) return stop;
    }
    return undefined;
  }

  async #afterStep(taken: TakenStep, epoch: number): Promise<Stop | undefined> {
    const { recorder, progress, checkpoints } = this.#around;
    const { learningRate, batches, isPause } = taken;
    const { result, isSkipped } = taken.update;
    const overflow = overflowOf(taken.update);
    const { loss, metrics } = result;
    const step = this.#log.steps++;
    const size = this.#places.batches.samplesOf(batches) - this.#places.batches.samplesOf(this.#batches);
    this.#batches = batches;
    this.#learningRate = learningRate;
    recorder?.step(step, taken.update, learningRate);
    recorder?.samples(size);
    // The loss of one whose gradients overflowed is a measure like any other.
    if (!isSkipped || overflow !== undefined) this.#meter.add(result, size);
    progress.step(this.#log.steps, () => this.#meter.means());
    await this.callbacks.call("step", { step, epoch, loss, metrics, isSkipped });
    const judged = { step, epoch, loss, isSkipped, overflow, isPause };
    const stop = this.#judge.afterStep(judged) ?? this.callbacks.asked;
    if (!stop && checkpoints?.isDueAfterStep(this.#log.steps)) await this.save();
    return stop;
  }

  /** Batches in smaller pieces from now on. @throws the error where that is not asked for, or not possible. */
  #takeLess(error: TensorFlowError): void {
    const { batchSize, outOfMemory, train } = this.#plan;
    const size = Math.min(batchSize, train.size);
    const pieces = 2 * this.#updates.pieces;
    if (outOfMemory !== "halve" || this.#updates.pieces >= size) throw withMemoryHint(error, this.#log.steps);
    this.#updates.restart(pieces);
    this.#around.tell(
      `step ${this.#log.steps} needed more memory than there is: from now on each batch of ${size} is taken in parts of ${Math.ceil(size / pieces)} samples, whose gradients are added up`,
    );
  }

  #note(epoch: number, values: Readonly<Record<string, number>>): void {
    addEpoch(this.#log.history, { ...values, learningRate: this.#learningRate });
    this.#around.recorder?.epoch(epoch, values, this.#recalls?.take());
    this.#around.progress.epoch(epoch, values);
  }

  #watch(values: Readonly<Record<string, number>>): void {
    const { earlyStopping } = this.#plan;
    if (!earlyStopping?.update(values[earlyStopping.monitor] ?? Number.NaN) || !earlyStopping.restoreBest)
      return;
    this.#around.step.pull();
    this.#best.keep();
  }

  #stopEarly(): Stop | undefined {
    const reason = this.#plan.earlyStopping?.reason();
    return reason === undefined ? undefined : { why: "earlyStopping", reason };
  }
}
