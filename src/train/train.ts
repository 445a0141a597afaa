/** The training loop: batches in, one step each, numbers out. */

import { type Breather, breather } from "../base/breather.js";
import { Interrupted, MetricMissing, TrialPruned } from "../base/errors.js";
import { didYouMean } from "../base/nearestName.js";
import { random } from "../base/random.js";
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import type { Moment, Schedule } from "../optim/schedules/schedule.js";
import type { Batch } from "./batch.js";
import { BestWeights } from "./bestWeights.js";
import { deviceFeed, type FedBatch } from "./deviceFeed.js";
import { addTraining, type Earlier, earlierTrainings } from "./earlierTrainings.js";
import { Meter } from "./meter.js";
import { type History, validationName } from "./metric.js";
import type { Progress } from "./progress.js";
import type { Recorder } from "./recorder.js";
import type { StepOptions, StepResult, TrainingStep, TrialSeam } from "./seams.js";
import type { TrainingPlan } from "./trainingPlan.js";
import type { SavedTraining, TrainingState } from "./trainingState.js";

/** Whom the loop talks to. */
export interface Surroundings {
  readonly step: TrainingStep<Batch>;
  readonly model: tf.LayersModel;
  /** Undefined: nothing is recorded and no step is sampled. */
  readonly recorder: Recorder | undefined;
  readonly progress: Progress;
  readonly trial: TrialSeam | undefined;
  /** Abort the training. */
  readonly signals: readonly AbortSignal[];
  /** Undefined: none are written. */
  readonly checkpoints?: Checkpoints | undefined;
  /** Where this training goes on from. */
  readonly resumed?: SavedTraining | undefined;
}

/** Keeps states of a training. */
export interface Checkpoints {
  /** Whether one is due after the `steps`-th step, in an epoch. */
  isDueAfterStep(steps: number): boolean;
  isDueAfterEpoch(epoch: number, values: Readonly<Record<string, number>>): boolean;
  /** @param values of the epoch that has just ended; undefined in the middle of one */
  save(saved: SavedTraining, values?: Readonly<Record<string, number>>): Promise<void>;
}

/** How a training ended, when it was not interrupted or pruned. */
export interface Outcome {
  /** Why it ended before the last epoch. */
  readonly stopped?: { readonly why: "earlyStopping" | "notFinite"; readonly reason: string };
}

/** What was done, filled as a training goes: whoever catches an error has it too. */
export interface TrainingLog {
  readonly history: History;
  /** Number of steps taken. */
  steps: number;
}

/** The validation batches are this large at least: no gradients need memory. */
const validationBatchSize = 500;

/**
 * Trains until the last epoch, an early stop, or a loss that is no number; then disposes the step, so that the
 * model holds the trained weights (those of the best epoch where early stopping restores them), error or not.
 *
 * @throws Interrupted once a signal is aborted. @throws TrialPruned once the pruner decides.
 */
export async function train(plan: TrainingPlan, around: Surroundings, log: TrainingLog): Promise<Outcome> {
  const loop = new Loop(plan, around, log);
  let finished = false;
  try {
    const outcome = await loop.run();
    finished = true;
    return outcome;
  } catch (error) {
    if (error instanceof Interrupted) await loop.save();
    throw error;
  } finally {
    addTraining(around.trial, { epochs: log.history.loss.length, steps: log.steps });
    loop.end(finished);
  }
}

/** State of one training. */
class Loop {
  readonly #plan: TrainingPlan;
  readonly #around: Surroundings;
  readonly #log: TrainingLog;
  readonly #breath: Breather;
  /** What this trial trained before. */
  readonly #earlier: Earlier;
  readonly #stepsPerEpoch: number;
  /** On the device for the whole training: their order never changes. */
  readonly #validation: FedBatch[] = [];
  readonly #seeds: { readonly shuffle: ReturnType<typeof random>; readonly noise: ReturnType<typeof random> };
  /** This training's own, if it learns from it. */
  readonly #schedule: Schedule;
  readonly #best: BestWeights;
  readonly #start = performance.now();
  #learningRate = 0;
  /** Finished epochs, and batches trained of the next: the place of a checkpoint. */
  #epochs = 0;
  #batches = 0;
  /** Of those batches. */
  #meter = new Meter();
  /** Where the last checkpoint was written. */
  #savedAt = "";

  constructor(plan: TrainingPlan, around: Surroundings, log: TrainingLog) {
    this.#plan = plan;
    this.#around = around;
    this.#log = log;
    this.#schedule = plan.schedule.begin?.() ?? plan.schedule;
    this.#best = new BestWeights(around.model);
    this.#earlier = earlierTrainings(around.trial);
    this.#breath = breather(...around.signals);
    this.#stepsPerEpoch = Math.ceil(plan.train.size / plan.batchSize);
    const source = random(plan.seed);
    this.#seeds = { shuffle: source.split("shuffle"), noise: source.split("noise") };
  }

  async run(): Promise<Outcome> {
    const plan = this.#plan;
    if (this.#around.resumed) this.#resume(this.#around.resumed);
    if (plan.validation)
      for (const batch of evenBatches(plan.validation, plan.batchSize)) this.#validation.push(batch);
    let stopped = this.#epochs > 0 ? this.#stopEarly() : undefined;
    while (this.#epochs < plan.epochs && !stopped) stopped = await this.#epoch();
    return stopped ? { stopped } : {};
  }

  /** @param restore whether the best epoch's weights, if kept, become the model's */
  end(restore: boolean): void {
    this.#around.step.dispose();
    if (restore) this.#best.giveBack();
    this.#best.dispose();
    for (const batch of this.#validation) batch.dispose();
  }

  /** Writes a checkpoint unless there is one of this place. `values` are those of an epoch that has just ended. */
  async save(values?: Readonly<Record<string, number>>): Promise<void> {
    const { checkpoints, step } = this.#around;
    const place = `${this.#epochs} ${this.#batches}`;
    if (!checkpoints || place === this.#savedAt) return;
    await checkpoints.save({ state: this.#state(), step: step.save(), best: this.#best.save() }, values);
    this.#savedAt = place;
  }

  #state(): TrainingState {
    const { history, steps } = this.#log;
    const schedule = this.#schedule.state?.();
    const { earlyStopping } = this.#plan;
    return {
      epochs: this.#epochs,
      batches: this.#batches,
      steps,
      meter: this.#meter.state,
      history: structuredClone(history),
      learningRate: this.#learningRate,
      seconds: (performance.now() - this.#start) / 1000 + (this.#around.resumed?.state.seconds ?? 0),
      ...(schedule !== undefined && { schedule }),
      ...(earlyStopping && { earlyStopping: earlyStopping.state }),
    };
  }

  #resume({ state, step, best }: SavedTraining): void {
    this.#around.step.restore(step);
    this.#best.restore(best);
    this.#epochs = state.epochs;
    this.#batches = state.batches;
    this.#meter = new Meter(state.meter);
    this.#learningRate = state.learningRate;
    this.#log.steps = state.steps;
    for (const [key, values] of Object.entries(state.history))
      (this.#log.history as Record<string, number[]>)[key] = [...values];
    if (state.schedule !== undefined) this.#schedule.restore?.(state.schedule);
    const { earlyStopping } = this.#plan;
    if (earlyStopping && state.earlyStopping) earlyStopping.state = state.earlyStopping;
    this.#savedAt = `${this.#epochs} ${this.#batches}`;
  }

  async #epoch(): Promise<Outcome["stopped"]> {
    const { plan, epoch } = { plan: this.#plan, epoch: this.#epochs + 1 };
    await this.#trainEpoch(epoch);
    const values = { ...this.#meter.means(), ...(await this.#validate()) };
    this.#note(epoch, values);
    this.#schedule.observe?.(values, { ...this.#moment(epoch), step: this.#log.steps - 1 });
    const diverged = notFinite(values, epoch, this.#log.steps);
    if (!diverged) this.#watch(values);
    const stopped = diverged ?? this.#stopEarly();
    this.#epochs = epoch;
    this.#batches = 0;
    this.#meter = new Meter();
    const isLast = stopped !== undefined || epoch === plan.epochs;
    // A checkpoint of a training that diverged would be of no use.
    if (!diverged && (isLast || this.#around.checkpoints?.isDueAfterEpoch(epoch, values)))
      await this.save(values);
    await this.#report(values, epoch, isLast);
    return stopped;
  }

  /** The batches of the epoch that were not trained yet. Ends it at a loss that is no number. */
  async #trainEpoch(epoch: number): Promise<void> {
    const { train, batchSize, shuffle, classWeights } = this.#plan;
    const means = () => this.#meter.means();
    const seed = this.#seeds.shuffle.split(epoch).seed();
    this.#around.step.refresh();
    const order = { batchSize, shuffle, seed, classWeights, skip: this.#batches };
    for (const batch of deviceFeed(train, order)) {
      try {
        const breath = this.#breath.breathe();
        if (breath) await breath;
        const result = await this.#oneStep(batch, epoch);
        this.#meter.add(result, batch.size);
        this.#batches++;
        this.#log.steps++;
        this.#around.progress.step(this.#log.steps, means);
        if (!Number.isFinite(result.loss)) break;
        if (this.#around.checkpoints?.isDueAfterStep(this.#log.steps)) await this.save();
      } finally {
        batch.dispose();
      }
    }
  }

  async #oneStep(batch: Batch, epoch: number): Promise<StepResult> {
    const { step, recorder } = this.#around;
    const options = this.#stepOptions(this.#moment(epoch));
    this.#learningRate = options.learningRate;
    if (recorder && this.#log.steps % this.#plan.sampleEvery === 0) {
      const result = await step.runSampled(batch, options);
      recorder.step(this.#log.steps, result, this.#learningRate, result.statistics);
      return result;
    }
    const result = await step.run(batch, options);
    recorder?.step(this.#log.steps, result, this.#learningRate);
    return result;
  }

  #moment(epoch: number): Moment {
    const { learningRate } = this.#plan;
    return { step: this.#log.steps, epoch: epoch - 1, stepsPerEpoch: this.#stepsPerEpoch, learningRate };
  }

  #stepOptions(at: Moment): StepOptions {
    const factor = this.#schedule.factor(at);
    if (!(factor >= 0 && Number.isFinite(factor)))
      throw new RangeError(
        `fit needs a schedule whose factors are at least 0 and finite; "${this.#schedule.name}" gave ${factor} at step ${at.step}`,
      );
    const momentum = this.#schedule.momentum?.(at);
    return {
      learningRate: this.#plan.learningRate * factor,
      ...(momentum !== undefined && { momentum }),
      seed: this.#seeds.noise.split(at.step).seed(),
    };
  }

  async #validate(): Promise<Record<string, number>> {
    if (this.#validation.length === 0) return {};
    const meter = new Meter();
    for (const batch of this.#validation) {
      const breath = this.#breath.breathe();
      if (breath) await breath;
      meter.add(await this.#around.step.evaluate(batch), batch.size);
    }
    const means = Object.entries(meter.means());
    return Object.fromEntries(means.map(([key, value]) => [validationName(key), value]));
  }

  #note(epoch: number, values: Readonly<Record<string, number>>): void {
    for (const [key, value] of Object.entries({ ...values, learningRate: this.#learningRate })) {
      const series = this.#log.history[key];
      if (series) series.push(value);
      else (this.#log.history as Record<string, number[]>)[key] = [value];
    }
    this.#around.recorder?.epoch(epoch, values);
    this.#around.progress.epoch(epoch, values);
  }

  #watch(values: Readonly<Record<string, number>>): void {
    const { earlyStopping } = this.#plan;
    if (!earlyStopping?.update(values[earlyStopping.monitor] ?? Number.NaN) || !earlyStopping.restoreBest)
      return;
    this.#around.step.pull();
    this.#best.keep();
  }

  #stopEarly(): Outcome["stopped"] {
    const reason = this.#plan.earlyStopping?.reason();
    return reason === undefined ? undefined : { why: "earlyStopping", reason };
  }

  /** A training that is over anyway is not asked whether it should end. */
  async #report(values: Readonly<Record<string, number>>, epoch: number, isLast: boolean): Promise<void> {
    const { trial } = this.#around;
    if (trial?.metric === undefined) return;
    const value = values[trial.metric];
    if (value === undefined)
      throw new MetricMissing(
        `fit({ trial }) needs a metric that it measures to report; trial ${trial.number} asks for "${trial.metric}", measured are ${Object.keys(values).join(", ")}.${didYouMean(trial.metric, Object.keys(values))}`,
      );
    trial.report(value, this.#earlier.epochs + epoch);
    if (!isLast && (await trial.shouldPrune()))
      throw new TrialPruned(
        `trial ${trial.number} was pruned after epoch ${epoch}: ${trial.metric} ${value.toPrecision(4)}`,
      );
  }
}

/** Batches of nearly one size, so that few shapes need a captured function. */
function evenBatches(split: Split, least: number): Generator<FedBatch, void, undefined> {
  const count = Math.ceil(split.size / Math.max(least, validationBatchSize));
  return deviceFeed(split, { batchSize: Math.ceil(split.size / count) });
}

function notFinite(
  values: Readonly<Record<string, number>>,
  epoch: number,
  steps: number,
): Outcome["stopped"] {
  const loss = values.loss;
  if (loss === undefined || Number.isFinite(loss)) return undefined;
  return { why: "notFinite", reason: `the loss became ${loss} in epoch ${epoch}, at step ${steps - 1}` };
}
