/** A training step that runs as one TensorFlow function: forward, backward, clip and update in one call. */
import { createHash } from "node:crypto";
import { binding } from "../native/binding.js";
import { tensorId } from "../native/capture/capture.js";
import { CaptureError } from "../native/capture/captureError.js";
import { takeValues } from "../native/capture/takeValues.js";
import type { Handle } from "../native/handles.js";
import { tf } from "../native/index.js";
import { seedValues } from "../native/random.js";
import { ReusedTensor } from "../native/reusedTensor.js";
import { tensorflow } from "../native/tensorflow.js";
import type { Batch } from "./batch.js";
import type { CapturedStepOptions } from "./capturedStepOptions.js";
import type { SampledStatistics, StepOptions, StepResult, TrainingStep } from "./seams.js";
import { activeLayers } from "./step/activations.js";
import { batchSignature, captureStep, runBody, type StepKind, stepKinds } from "./step/captureStep.js";
import { sampledStatistics } from "./step/sampledStatistics.js";
import { type StepPlan, sampledParts } from "./step/stepBody.js";
import { type StepFunction, stepFunction } from "./step/stepFunctions.js";
import { stepKey } from "./step/stepKey.js";
import { stepPlan, trainedWeights } from "./step/stepPlan.js";
import { StepState } from "./step/stepState.js";

export type { CapturedStepOptions } from "./capturedStepOptions.js";

/**
 * A training step of `model`, which must have one input and one output and be built.
 *
 * The first call with a new batch shape captures it (some milliseconds); a kind of step (plain, sampled, validation)
 * that cannot be captured runs eagerly, and `eagerReasons` says why from then on. What a layer computes with is part
 * of a capture: after a change of a rate, a penalty or `trainable`, call `refresh`. Steps that last over 20 ms run on a thread of their own.
 *
 * @throws TypeError when no weight is trainable, or (from the first `run`) naming the layer that has no gradient.
 * @throws RangeError for a `clipNorm` that is not above 0.
 * @example
 * const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam() });
 * const { loss } = await step.run({ x, y }, { learningRate: 1e-3, seed: 1 });
 * step.dispose();
 */
export function createCapturedStep(model: tf.LayersModel, options: CapturedStepOptions): TrainingStep<Batch> {
  return new CapturedStep(stepPlan(model, options), options);
}

/** A step this slow is worth a thread of its own, so that the event loop goes on. */
const slowMilliseconds = 20;

/** What a step's computation returned. */
interface Outcome {
  readonly rows: readonly Float32Array[];
  /** How many values of the metric were summed. */
  readonly count: number;
}

/** What changes from step to step, beside the batch. */
interface Fed {
  readonly scalars: Float32Array;
  readonly seed: Int32Array;
}

let trainings = 0;

class CapturedStep implements TrainingStep<Batch> {
  #plan: StepPlan;
  readonly #clipNorm: number | undefined;
  readonly #state: StepState;
  /** Of the computation as it was when it was last looked at. */
  #key: string;
  readonly #training = `training ${trainings++}`;
  readonly #fed: Fed;
  readonly #scalars: ReusedTensor;
  readonly #seed: ReusedTensor;
  /** Updates done so far; Adam's bias correction needs it. */
  #updates = 0;
  /** The call before: state and inputs are one call's at a time. */
  #turn: Promise<unknown> | undefined;
  /** A kind of step that cannot be captured does not keep the others from it. */
  readonly #eagerReasons = new Map<StepKind, string>();
  /** The layers are looked at again before the next call. */
  #isStale = false;
  #disposed = false;

  constructor(plan: StepPlan, options: CapturedStepOptions) {
    this.#plan = plan;
    this.#clipNorm = options.clipNorm;
    this.#key = keyOf(plan, this.#training);
    this.#state = new StepState(plan.weights, plan.optimizer);
    this.#fed = { scalars: new Float32Array(plan.scalars.length), seed: new Int32Array(2) };
    this.#scalars = new ReusedTensor(this.#fed.scalars);
    this.#seed = new ReusedTensor(this.#fed.seed);
    if (options.capture === false)
      for (const kind of stepKinds) this.#eagerReasons.set(kind, "capturing was switched off");
  }

  /** Why steps run eagerly, by their kind; each reason once. */
  get eagerReasons(): readonly string[] {
    return [...new Set(this.#eagerReasons.values())];
  }

  refresh(): void {
    this.#isStale = true;
  }

  async run(batch: Batch, options: StepOptions): Promise<StepResult> {
    return this.#result(await this.#inTurn(() => this.#compute("train", batch, options)));
  }

  async runSampled(
    batch: Batch,
    options: StepOptions,
  ): Promise<StepResult & { statistics: SampledStatistics }> {
    const outcome = await this.#inTurn(() => this.#compute("sampled", batch, options));
    const { weights, sampling, model } = this.#plan;
    const trained = weights.filter(({ trainable }) => trainable).map(({ name }) => name);
    const parts = sampledParts(outcome.rows, trained.length);
    const statistics = sampledStatistics(parts, { weights: trained, layers: activeLayers(model) }, sampling);
    return { ...this.#result(outcome), statistics };
  }

  async evaluate(batch: Batch): Promise<StepResult> {
    return this.#result(await this.#inTurn(() => this.#compute("evaluate", batch, undefined)));
  }

  pull(): void {
    this.#assertLive();
    this.#state.pull(this.#plan.weights);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.pull();
    this.#disposed = true;
    this.#state.dispose();
    this.#scalars.dispose();
    this.#seed.dispose();
  }

  #result(outcome: Outcome): StepResult {
    return result(outcome, this.#plan.loss.measures);
  }

  /** Of the update that is about to run. The arrays are used again by the next. */
  #feed({ learningRate, seed }: StepOptions): Fed {
    const values = this.#plan.optimizer.scalars(this.#updates, learningRate);
    const { scalars } = this.#fed;
    this.#plan.scalars.forEach((name, i) => {
      scalars[i] = name === "clipNorm" ? (this.#clipNorm ?? 0) : (values[name] as number);
    });
    this.#fed.seed.set(seedValues(seed));
    return this.#fed;
  }

  /** Runs `compute` after the calls made before, whether their caller waited for them or not. */
  async #inTurn(compute: () => Outcome | Promise<Outcome>): Promise<Outcome> {
    while (this.#turn) await this.#turn.catch(() => undefined);
    const outcome = compute();
    if (!(outcome instanceof Promise)) return outcome;
    this.#turn = outcome;
    try {
      return await outcome;
    } finally {
      this.#turn = undefined;
    }
  }

  #compute(kind: StepKind, batch: Batch, options: StepOptions | undefined): Outcome | Promise<Outcome> {
    this.#assertLive();
    if (this.#isStale) this.#lookAgain();
    const fed = options && this.#feed(options);
    const step = this.#capture(kind, batch);
    const outcome = step ? this.#runCaptured(step, batch, fed) : this.#runEagerly(kind, batch, fed);
    if (fed) this.#updates++;
    return outcome;
  }

  #lookAgain(): void {
    this.#isStale = false;
    const weights = trainedWeights(this.#plan.model);
    const before = this.#plan.weights;
    this.#plan = { ...this.#plan, weights };
    if (weights.some(({ trainable }, i) => trainable !== before[i]?.trainable))
      this.#state.retrain(weights, this.#plan.optimizer);
    this.#key = keyOf(this.#plan, this.#training);
  }

  /** The captured step for this kind of batch; undefined when it has to run eagerly. */
  #capture(kind: StepKind, batch: Batch): StepFunction | undefined {
    if (this.#eagerReasons.has(kind)) return undefined;
    try {
      const key = `${kind} ${batchSignature(batch)} ${this.#key}`;
      return stepFunction(key, () => captureStep(this.#plan, kind, batch));
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      this.#eagerReasons.set(kind, error.message);
      return undefined;
    }
  }

  /** Synchronously, unless it takes long. */
  #runCaptured(step: StepFunction, batch: Batch, fed: Fed | undefined): Outcome | Promise<Outcome> {
    const inputs = batchHandles(batch);
    if (fed) {
      this.#scalars.write(fed.scalars);
      this.#seed.write(fed.seed);
      inputs.push(this.#scalars.handle, this.#seed.handle);
    }
    inputs.push(...this.#state.handlesFor(fed ? "train" : "evaluate"));
    const start = performance.now();
    const finish = (outputs: readonly bigint[]) => {
      const rows = outputs.map((output) => takeValues(tensorflow(), output));
      step.milliseconds = smoothed(step.milliseconds, performance.now() - start);
      return { rows, count: step.count };
    };
    const isFast = step.milliseconds ? step.milliseconds <= slowMilliseconds : false;
    return isFast ? finish(step.call.run(inputs)) : step.call.runAside(inputs).then(finish);
  }

  #runEagerly(kind: StepKind, batch: Batch, fed: Fed | undefined): Outcome {
    const rows: Float32Array[] = [];
    let count = 0;
    tf.tidy(() => {
      const { scalars = new Float32Array(), seed = new Int32Array() } = fed ?? {};
      const given = { batch, scalars: tf.tensor1d(scalars), seed: tf.tensor1d(seed, "int32") };
      const outputs = runBody(this.#plan, kind, { ...given, ...this.#state.resources });
      count = outputs.count;
      for (const tensor of outputs.tensors) rows.push(tensor.dataSync() as Float32Array);
    });
    return { rows, count };
  }

  #assertLive(): void {
    if (this.#disposed) throw new ReferenceError("a training step was used after it was disposed");
  }
}

function keyOf(plan: StepPlan, training: string): string {
  return createHash("sha256").update(stepKey(plan, training)).digest("base64");
}

/** The mean is divided in float64, so that of 4851 right answers among 5000 it is 0.9702. */
function result({ rows, count }: Outcome, metric: string): StepResult {
  const [loss = Number.NaN, sum = Number.NaN] = rows[0] as Float32Array;
  return { loss, metrics: { [metric]: sum / count }, totals: { [metric]: { sum, count } } };
}

function batchHandles({ x, y, weights }: Batch): Handle[] {
  const tensors = weights ? [x, y, weights] : [x, y];
  return tensors.map((tensor) => binding.handle(tensorId(tensor), "a batch"));
}

/** The first call also compiles, so it does not count (0); the second starts the average. */
function smoothed(before: number | undefined, now: number): number {
  if (before === undefined) return 0;
  return before === 0 ? now : 0.7 * before + 0.3 * now;
}
