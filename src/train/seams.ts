/** What training asks of others and offers to them: types only. */
import type { Histogram } from "../base/histogram.js";
import type { Totals } from "./totals.js";

/** The methods by which `fit` records. A run of `src/track` is one; so is a plain array in a test. */
export interface TrackerSeam {
  /** Records scalars (tag → value) at a step. When it returned, a kill of this process loses none. */
  log(values: Record<string, number>, step: number): void;
  /** Records histograms (tag → histogram) at a step. */
  histograms(all: ReadonlyMap<string, Histogram>, step: number): void;
  /** Told how many samples a step took, where somebody measures how fast it goes. */
  countSamples?(count: number): void;
}

/** What training samples were told and lost in an epoch; NaN of those that were not trained in it. */
export interface EpochRows {
  readonly losses: Float32Array;
  /** The classes that they were given. */
  readonly answers: Float32Array;
}

export type RowSink = (epoch: number, rows: EpochRows) => void;

/** What `fit` needs of a sweep's trial. */
export interface TrialSeam {
  readonly number: number;
  readonly params: Readonly<Record<string, unknown>>;
  /** The history key to report after each epoch, such as `valAccuracy`; undefined when the returned value counts. */
  readonly metric: string | undefined;
  readonly signal: AbortSignal;
  /** The same signal for `fit`, which tells by itself when it was interrupted; a trial may count who asks for `signal`. */
  readonly interruption?: AbortSignal;
  report(value: number, step: number): void;
  /** True once the pruner decided to stop this trial. May wait for the coordinator's answer. */
  shouldPrune(): boolean | Promise<boolean>;
}

/** Steps that are still to come: for a few nothing is captured anew. */
export interface StepsLeft {
  /** Samples of each. */
  readonly batchSize: number;
  /** Of the whole training. */
  readonly training: number;
  /** Of the epoch: then the layers are looked at again. */
  readonly epoch: number;
}

/** One batch. `x`, `y` are on the device; the step never disposes them. */
export interface StepOptions {
  /** Already multiplied by the schedule's factor. */
  readonly learningRate: number;
  /** In place of the optimiser's own, of one that has momentum or beta1. */
  readonly momentum?: number;
  /** Seeds dropout and noise of this step. */
  readonly seed: number;
  /** What the loss is multiplied by, and its gradients divided by again, in float16. Default 1. */
  readonly lossScale?: number;
}

/** A batch that makes an update together with others. */
export interface PartOptions {
  /** Seeds dropout and noise of this part. */
  readonly seed: number;
  /** Its part of the update's samples, in (0, 1]: those of one update add up to 1. */
  readonly share: number;
  /** Measure what the layers put out, for `updateSampled`. Default false. */
  readonly sampled?: boolean;
  /** As of a step; the same for all parts of one update. */
  readonly lossScale?: number;
}

export type UpdateOptions = Omit<StepOptions, "seed" | "lossScale">;

export interface StepResult {
  /** Mean loss over the batch, regularisation included. */
  readonly loss: number;
  /** Batch means, such as `{ accuracy: 0.93 }`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What the metrics are the means of: sums may be added up over batches without rounding. */
  readonly totals: Totals;
  /** Where it was asked for, of a step of one batch of a model with one output. */
  readonly rows?: StepRows;
}

/** What a step tells of each of its samples. It holds until the next call of the step, which may use the array again. */
export interface StepRows {
  readonly values: Float32Array;
  /**
   * Where in the values the first sample's loss is, before the update, without penalties and class weights. The others' follow,
   * then the class that each sample was given, where samples have one.
   */
  readonly from: number;
  readonly hasAnswers: boolean;
}

export interface EvaluationResult extends StepResult {
  /** The class that each sample is given, of a model with one output that gives one. */
  readonly answers?: Float32Array;
}

export interface PartResult extends StepResult {
  /** False where the loss or a gradient is NaN or infinite; true without `guards`. */
  readonly finite: boolean;
}

/** Of one tensor at one step. Numbers over the finite entries, unless said otherwise. */
export interface TensorStatistics {
  readonly count: number;
  readonly meanAbs: number;
  readonly l2: number;
  /** Largest absolute value. */
  readonly max: number;
  /** Share of exact zeros among all entries. */
  readonly zeroFraction: number;
  readonly nonFinite: number;
  readonly histogram?: Histogram;
  readonly log10Histogram?: Histogram;
}

/** Of a layer's output at one step. */
export interface ActivationStatistics extends TensorStatistics {
  /** Share of entries in the flat ends of the activation function; 0 where it has none. */
  readonly saturatedFraction: number;
  /** Share of units that put out 0 for every row of the batch; undefined where its activation lets none be off. */
  readonly deadFraction?: number;
}

export interface SampledStatistics {
  /** L2 norm of the gradients of all trained weights together, biases too, before clipping. */
  readonly gradientNorm: number;
  /** Keys are `<layer>/<weight>`, in order of depth, input side first. */
  readonly gradients: ReadonlyMap<string, TensorStatistics>;
  readonly weights: ReadonlyMap<string, TensorStatistics>;
  /** ‖update‖₂ / ‖weight‖₂ per weight tensor. */
  readonly updateRatio: ReadonlyMap<string, number>;
  /** Keys are layer names. */
  readonly activations: ReadonlyMap<string, ActivationStatistics>;
}

/** What the captures of one kind of step and one size of batch cost together; a captured step that is there costs none. */
export interface CaptureCost {
  /**
   * `train`, `several` (training steps in one call), `sampled` (a training step that is measured), `evaluate`; where several batches make an update `part`,
   * `sampledPart`, `update`, `sampledUpdate`.
   */
  readonly kind: string;
  /** Samples of the batch; undefined of an update. */
  readonly batchSize: number | undefined;
  /** How many there were: more than one where the model was changed during the training, such as a penalty. */
  readonly count: number;
  /** What noting the ops took, in milliseconds. */
  readonly tracing: number;
  /** Their first runs in milliseconds, in which TensorFlow also prepares the graph; undefined if none has run. */
  readonly firstRun: number | undefined;
}

/** Values of one tensor, copied to the host. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A weight as the step trains it (not its average), and what the optimiser keeps of it. */
export interface SavedWeight extends SavedTensor {
  /** `<layer>/<weight>`, unique in the model. */
  readonly name: string;
  /** By name; none of a weight that is not trained. */
  readonly slots: Readonly<Record<string, SavedTensor>>;
}

/** All that a training step holds between two steps. */
export interface SavedStep {
  /** How many updates the optimiser has done. */
  readonly updates: number;
  /** The slot whose values validation has in place of the trained weights, where the optimiser averages. */
  readonly evaluates?: string;
  /** In the order of the model's weights. */
  readonly weights: readonly SavedWeight[];
}

/**
 * A training step of one model, optimiser and loss: forward, backward, clip, update.
 *
 * Lifecycle: made once; `run`/`runSampled`/`evaluate` any number of times; `pull` before anyone reads the
 * model's weights elsewhere; `dispose` once. After `dispose` the model holds the trained weights.
 * Guarantees: same inputs and seeds give the same numbers; memory does not grow with the number of steps.
 */
export interface TrainingStep<Batch> {
  /** Why steps run eagerly, as far as it is known: plain, sampled and validation steps may differ. Each once. */
  readonly eagerReasons: readonly string[];
  /** Why steps cannot go into one call together, as far as it is known. */
  readonly singleReason: string | undefined;
  /** The captures it made, in their order: none of those that an equal training had made before. */
  readonly captures: readonly CaptureCost[];
  run(batch: Batch, options: StepOptions): Promise<StepResult>;
  /** As `run` (same numbers, to the last digit), and measures gradients, weights and activations. */
  runSampled(batch: Batch, options: StepOptions): Promise<StepResult & { statistics: SampledStatistics }>;
  /**
   * How many steps `runSteps` is to take now; 1 where `run` is as fast, or the only way.
   */
  stepsPerCall(left: StepsLeft): number;
  /**
   * As `run` for each of several batches (same numbers, to the last digit), in one call.
   *
   * @param all what the batches are rows of
   * @param rows int32 [steps · batch size]: of all batches, one after another
   * @returns of each step; of fewer where a loss was not finite, which is the last then
   */
  runSteps(all: Batch, rows: Int32Array, options: readonly StepOptions[]): Promise<StepResult[]>;
  /**
   * Forward and backward; the gradients, times the batch's share, are added to what waits for the next update. Layers'
   * own averages (batch norm's) are updated by each part.
   */
  add(batch: Batch, options: PartOptions): Promise<PartResult>;
  /** The update from what `add` added up, as `run` with one batch of all those samples. */
  update(options: UpdateOptions): Promise<void>;
  /** As `update`, and gives the statistics; of the layers' outputs those of the last part added. */
  updateSampled(options: UpdateOptions): Promise<SampledStatistics>;
  /** Drops what waits for the next update, and gives back what layers assigned since the last one. */
  forget(): void;
  /** Forward only, in inference mode. */
  evaluate(batch: Batch): Promise<EvaluationResult>;
  /**
   * Looks at the layers again before the next step: what was changed on them since the last look (`trainable`, a
   * rate, a penalty, a momentum) holds from that step on. A weight that is trained anew starts with new moments.
   */
  refresh(): void;
  /** Copies the state into the model's own weights. */
  pull(): void;
  /** Copies the state to the host. */
  save(): SavedStep;
  /**
   * Goes on from a saved state. Layers may have other names by now: weights are known by their order.
   *
   * @throws TypeError unless it has the same weights, of the same shapes, and the optimiser keeps the same of them.
   */
  restore(saved: SavedStep): void;
  dispose(): void;
}
