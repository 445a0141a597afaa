/** A training step that runs as one TensorFlow function: forward, backward, clip and update in one call. */
import { createHash } from "node:crypto";
import { tf } from "../native/index.js";
import { wantsEagerSteps } from "../native/opWatch.js";
import { type Batch, batchTensors } from "./batch.js";
import type { CapturedStepOptions } from "./capturedStepOptions.js";
import { gatherBatch } from "./deviceFeed.js";
import type {
  CaptureCost,
  EvaluationResult,
  PartOptions,
  PartResult,
  SampledStatistics,
  SavedStep,
  StepOptions,
  StepResult,
  StepsLeft,
  TrainingStep,
  UpdateOptions,
} from "./seams.js";
import { activeLayers } from "./step/activations.js";
import { CallQueue } from "./step/callQueue.js";
import { readsScalars, type StepKind, stepKinds } from "./step/captureStep.js";
import { type Seen, seenIn, seenParts } from "./step/lookedAt.js";
import { RowNumbers, withOwnRows } from "./step/rowNumbers.js";
import { runCaptured, runEagerly } from "./step/runStep.js";
import { sampledStatistics } from "./step/sampledStatistics.js";
import { SeveralSteps, type StepsToTake } from "./step/severalSteps.js";
import type { StepPlan } from "./step/stepBody.js";
import { StepCaptures } from "./step/stepCaptures.js";
import { StepFeed } from "./step/stepFeed.js";
import type { StepFunction } from "./step/stepFunctions.js";
import { stepKey } from "./step/stepKey.js";
import { stepNoise } from "./step/stepNoise.js";
import { evaluationResult, isFinitePart, type Outcome, stepResult } from "./step/stepNumbers.js";
import { stepPlan, trainedWeights } from "./step/stepPlan.js";
import { StepState } from "./step/stepState.js";

export type { CapturedStepOptions } from "./capturedStepOptions.js";

/**
 * A training step of `model`, which must be built.
 *
 * The first call with a new batch shape captures it (some milliseconds); a kind of step (plain, sampled, validation)
 * that cannot be captured runs eagerly, and `eagerReasons` says why from then on. What a layer computes with is part
 * of a capture: after a change of a rate, a penalty or `trainable`, call `refresh`. Steps that last over 20 ms run on a
 * thread of their own.
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

let trainings = 0;

class CapturedStep implements TrainingStep<Batch> {
  #plan: StepPlan;
  readonly #state: StepState;
  /** Of the computation as it was when it was last looked at. */
  #key: string;
  readonly #training = `training ${trainings++}`;
  readonly #feed: StepFeed;
  /** Updates done so far. */
  #updates = 0;
  /** State and inputs are one call's at a time. */
  readonly #calls = new CallQueue();
  readonly #captures: StepCaptures;
  readonly #several: SeveralSteps;
  /** The plain steps that were captured of the computation as it is, by their batch's size. */
  readonly #singles = new Map<number, StepFunction>();
  /** The computation was another when the layers were last looked at: it may be another soon. */
  #hasChanged = false;
  /** What the layers put out in the last part that was sampled. */
  #outputs: readonly Seen[] = [];
  /** Where the samples' numbers of a call go. */
  readonly #rows = new RowNumbers();
  /** The layers are looked at again before the next call. */
  #isStale = false;
  #disposed = false;

  constructor(plan: StepPlan, options: CapturedStepOptions) {
    this.#plan = plan;
    this.#key = keyOf(plan, this.#training);
    this.#state = new StepState(plan.weights, plan.optimizer);
    this.#feed = new StepFeed(plan);
    this.#captures = new StepCaptures(options.capture ?? true);
    this.#several = new SeveralSteps(options.stepsPerExecution, this.#feed, ({ call }, batchSize) =>
      this.#captures.costs.add("several", batchSize, call),
    );
  }

  get eagerReasons(): readonly string[] {
    return this.#captures.reasons;
  }

  get singleReason(): string | undefined {
    return this.#captures.reasonOf("train") ?? this.#several.refused;
  }

  get captures(): readonly CaptureCost[] {
    return this.#captures.costs.all;
  }

  refresh(): void {
    this.#isStale = true;
  }

  async run(batch: Batch, options: StepOptions): Promise<StepResult> {
    return this.#result(await this.#calls.take(() => this.#compute("train", batch, options)), batch);
  }

  async runSampled(
    batch: Batch,
    options: StepOptions,
  ): Promise<StepResult & { statistics: SampledStatistics }> {
    const outcome = await this.#calls.take(() => this.#compute("sampled", batch, options));
    return { ...this.#result(outcome, batch), statistics: this.#statistics(seenIn(outcome)) };
  }

  stepsPerCall({ batchSize, training, epoch }: StepsLeft): number {
    if (!this.#captures.mayCapture("train") || wantsEagerSteps()) return 1;
    if (this.#isStale) this.#lookAgain();
    const single = this.#singles.get(batchSize);
    const left = this.#hasChanged ? epoch : training;
    return single
      ? Math.min(training, this.#several.perCall(single, { key: this.#keyOf("train"), left }))
      : 1;
  }

  async runSteps(all: Batch, rows: Int32Array, options: readonly StepOptions[]): Promise<StepResult[]> {
    const outcomes = await this.#calls.take(() => this.#computeSteps({ all, rows, options }));
    if (!outcomes) return this.#oneByOne(all, rows, options);
    this.#updates += outcomes.length;
    const size = rows.length / options.length;
    return outcomes.map((outcome) => stepResult(outcome, this.#plan.heads, size));
  }

  #computeSteps(steps: StepsToTake): Outcome[] | Promise<Outcome[]> | undefined {
    this.#assertLive();
    if (this.#isStale) this.#lookAgain();
    if (!this.#captures.mayCapture("train") || wantsEagerSteps()) return undefined;
    const of = { plan: this.#plan, key: this.#keyOf("train"), state: this.#state, updates: this.#updates };
    return this.#several.run(of, steps);
  }

  /** Where several steps in one call cannot be captured. */
  async #oneByOne(all: Batch, rows: Int32Array, steps: readonly StepOptions[]): Promise<StepResult[]> {
    const size = rows.length / steps.length;
    const results: StepResult[] = [];
    for (const [i, options] of steps.entries()) {
      const batch = gatherBatch(all, rows.subarray(i * size, (i + 1) * size));
      try {
        results.push(withOwnRows(await this.run(batch, options)));
      } finally {
        tf.dispose(batchTensors(batch));
      }
      if (!Number.isFinite(results.at(-1)?.loss)) break;
    }
    return results;
  }

  async add(batch: Batch, { sampled = false, ...options }: PartOptions): Promise<PartResult> {
    const kind = sampled ? "sampledPart" : "part";
    const outcome = await this.#calls.take(() => {
      this.#state.beginUpdate();
      return this.#compute(kind, batch, { ...options, learningRate: 0 });
    });
    this.#outputs = seenIn(outcome);
    return { ...this.#result(outcome, batch), finite: isFinitePart(outcome, this.#plan.heads.length) };
  }

  async update(options: UpdateOptions): Promise<void> {
    await this.#calls.take(() => this.#compute("update", undefined, { ...options, seed: 0 }));
    this.#state.endUpdate();
  }

  async updateSampled(options: UpdateOptions): Promise<SampledStatistics> {
    const outcome = await this.#calls.take(() =>
      this.#compute("sampledUpdate", undefined, { ...options, seed: 0 }),
    );
    this.#state.endUpdate();
    const outputs = this.#outputs;
    this.#outputs = [];
    return this.#statistics([...seenIn(outcome), ...outputs]);
  }

  forget(): void {
    this.#assertLive();
    this.#outputs = [];
    this.#state.forget();
  }

  async evaluate(batch: Batch): Promise<EvaluationResult> {
    const none = readsScalars(this.#plan, "evaluate") ? { learningRate: 0, seed: 0 } : undefined;
    const outcome = await this.#calls.take(() => this.#compute("evaluate", batch, none));
    return evaluationResult(outcome, this.#plan.heads, batch.x.shape[0] as number);
  }

  pull(): void {
    this.#assertLive();
    this.#state.pull(this.#plan.weights);
  }

  save(): SavedStep {
    this.#assertLive();
    const { weights, optimizer } = this.#plan;
    const { evaluates } = optimizer;
    return {
      updates: this.#updates,
      ...(evaluates !== undefined && { evaluates }),
      weights: this.#state.save(weights),
    };
  }

  restore({ updates, weights }: SavedStep): void {
    this.#assertLive();
    this.#state.restore(weights, this.#plan.weights);
    this.#updates = updates;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.pull();
    this.#disposed = true;
    this.#state.dispose();
    this.#feed.dispose();
    this.#several.dispose();
  }

  #statistics(all: readonly Seen[]): SampledStatistics {
    const { weights, sampling, model } = this.#plan;
    const trained = weights.filter(({ trainable }) => trainable).map(({ name }) => name);
    const layers = activeLayers(model);
    const parts = seenParts(all, { weights: trained.length, layers: layers.length });
    return sampledStatistics(parts, { weights: trained, layers }, sampling);
  }

  #result(outcome: Outcome, batch: Batch): StepResult {
    return stepResult(outcome, this.#plan.heads, sizeOf(batch));
  }

  #compute(
    kind: StepKind,
    batch: Batch | undefined,
    options: (StepOptions & { share?: number }) | undefined,
  ): Outcome | Promise<Outcome> {
    this.#assertLive();
    if (this.#isStale) this.#lookAgain();
    const feed = options && this.#feed.fill(this.#updates, options, this.#plan.noise);
    const step = this.#captures.of(kind, batch, { plan: this.#plan, key: this.#keyOf(kind) });
    if (kind === "train" && step && batch) this.#singles.set(sizeOf(batch), step);
    const kept = batch && this.#tellsRows(kind) ? this.#rows.for(sizeOf(batch)) : undefined;
    const reads = { kind, batch, feed, state: this.#state, kept };
    const outcome = step ? runCaptured(step, reads) : runEagerly(this.#plan, reads);
    if (stepKinds[kind].slots) this.#updates++;
    return outcome;
  }

  #tellsRows(kind: StepKind): boolean {
    return this.#plan.rowLosses && (kind === "train" || kind === "sampled");
  }

  /** Steps that tell of each sample are others; those of validation are the same for all. */
  #keyOf(kind: StepKind): string {
    return this.#tellsRows(kind) ? `rows ${this.#key}` : this.#key;
  }

  #lookAgain(): void {
    const weights = trainedWeights(this.#plan.model);
    const before = this.#plan.weights;
    this.#plan = { ...this.#plan, weights, noise: stepNoise(this.#plan.model) };
    if (weights.some(({ trainable }, i) => trainable !== before[i]?.trainable))
      this.#state.retrain(weights, this.#plan.optimizer);
    const key = keyOf(this.#plan, this.#training);
    if (key !== this.#key) {
      this.#hasChanged = true;
      this.#singles.clear();
    }
    this.#key = key;
    this.#isStale = false;
  }

  #assertLive(): void {
    if (this.#disposed) throw new ReferenceError("a training step was used after it was disposed");
  }
}

function sizeOf({ x }: Batch): number {
  return x.shape[0] as number;
}

function keyOf(plan: StepPlan, training: string): string {
  return createHash("sha256").update(stepKey(plan, training)).digest("base64");
}
