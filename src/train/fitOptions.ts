/** The options of `fit`, as a person gives them. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import type { Several } from "../base/several.js";
import type { Split } from "../data/split.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Schedule } from "../optim/schedules/schedule.js";
import type { Callback } from "./callback.js";
import type { CheckpointOptions } from "./checkpoint/checkpointOptions.js";
import type { ClassWeights } from "./classWeights.js";
import type { EarlyStoppingOptions } from "./earlyStopping.js";
import type { LossOptions } from "./lossOptions.js";
import type { LossScaleOption } from "./lossScaleOption.js";
import type { Precision } from "./precision.js";
import type { Rematerialize } from "./rematerialize/rematerialize.js";
import type { TrialSeam } from "./seams.js";
import type { ClipOptions } from "./step/clipping.js";
import type { TrackOption } from "./trackOption.js";

export interface FitOptions extends ClipOptions {
  /** Default `adam()`. */
  readonly optimizer?: Optimizer;
  /** Factor of the optimiser's rate over time. Default `schedules.constant()`. */
  readonly schedule?: Schedule;
  /** Passes over the training split, ≥ 1. Default 10. */
  readonly epochs?: number;
  /** Samples a step, ≥ 1; the last batch of an epoch may be smaller. Default 64; of a stateful model the size it was built for. */
  readonly batchSize?: number;
  /**
   * Default `auto`: for a regression `meanSquaredError`, of nothing but 0 and 1 behind a sigmoid and for labels of a single
   * output `binaryCrossEntropy`, else `crossEntropy`. Behind a softmax, sigmoid or linear head cross-entropies are computed from the logits. Of a model
   * with several outputs one for all of them, a list in their order, or an object by their names. A function
   * `(target, output) => losses` is a loss of your own: of float32 tensors of the output's shape (labels beside several
   * outputs one-hot), it gives one loss a sample, [n] or [n, …], or one for the batch, [].
   */
  readonly loss?: LossOptions;
  /**
   * Factors of several outputs' losses in their sum, which is what is minimised: a list in the outputs' order, or an
   * object by their names; numbers ≥ 0, one at least above 0. Default: 1 for each.
   */
  readonly lossWeights?: Several<number>;
  /**
   * Move the training's targets towards no class in particular, by a share in [0, 1): of cross-entropy as
   * `torch.nn.CrossEntropyLoss`, of binary cross-entropy as Keras; of several outputs it is of those with such a loss.
   * Validation measures the plain loss. Default 0.
   */
  readonly labelSmoothing?: number;
  /**
   * Batches whose gradients make one update, ≥ 1. It equals the update of one batch of all their samples, also at the end
   * of an epoch, where fewer may be left. A step is an update then: for schedules, `maxSteps`, and in the run. Only batch
   * normalisation sees each batch for itself. Default 1.
   */
  readonly accumulate?: number;
  /**
   * What products of matrices and convolutions, and their gradients, are computed in where that is quicker. Weights, the
   * optimiser, sums, losses and validation are kept in float32. `bfloat16` needs a processor that has it, or a GPU;
   * `float16` is for GPUs, and scales the loss. Default `float32`.
   */
  readonly precision?: Precision;
  /**
   * What the loss is multiplied by in `float16`, and its gradients divided by again, so that small ones do not vanish:
   * a number, or `"dynamic"`, as `torch.amp.GradScaler`: 65536 at first, half as much after gradients that are not
   * finite, whose update is left out, twice as much after 2,000 updates without; `{ initial, growthFactor, backoffFactor,
   * growthInterval }` says otherwise. Default `"dynamic"`.
   */
  readonly lossScale?: LossScaleOption;
  /**
   * Hold less memory at a step and compute more: what layers put out is not kept for the gradient, but computed again, a
   * segment of layers at a time, with the same noise. `true` chooses the segments that hold least, `"sqrt"` √n of n that
   * there could be; `{ segments: n }` parts the model evenly, names of layers end a segment each. The model needs layers
   * through which all its ways go. Gradients are the same to the last bit on a CPU. Default false.
   */
  readonly rematerialize?: Rematerialize;
  /** Factor of each class's training losses; of several outputs by their names, or a list in their order. Default: all 1. */
  readonly classWeights?: ClassWeights | Several<ClassWeights | undefined>;
  /**
   * Ends the training after the epoch in which a metric has not improved for `patience` epochs (3) and gives the model the
   * weights of its best epoch, as it does, too, where all epochs were trained. The metric is `monitor`: `valLoss`, or `loss`
   * without validation data. `{}` takes all defaults. Default: none; every epoch is trained, and the last one's weights stay.
   */
  readonly earlyStopping?: EarlyStoppingOptions;
  /**
   * Give the model the weights of its best epoch at the end: true for that of the least `valLoss` (without validation data
   * `loss`), or which metric. With `earlyStopping`, use its own `restoreBest`. Default false.
   */
  readonly restoreBest?: boolean | Pick<EarlyStoppingOptions, "monitor" | "direction">;
  /** Ends the training after so many steps of all epochs, ≥ 1. Default: no limit. */
  readonly maxSteps?: number;
  /**
   * Ends the training after so many seconds of this call, > 0. With checkpoints a limit is a pause: `resume` goes on within
   * the epoch. Without, the epoch is measured as it stands. Default: no limit.
   */
  readonly maxSeconds?: number;
  /**
   * What to do about a loss or gradient that is NaN or infinite: `stop` the training (default), which then has failed; `skip`
   * the update, which costs a little time at every step (it stops after 100 in a row); or `tell` it once and go on.
   */
  readonly notFinite?: "stop" | "skip" | "tell";
  /**
   * What to do when a step needs more memory than there is: `stop` (default), or `halve`: take each batch in two parts whose
   * gradients are added up, in four if that is too much, and so on. It is told when it happens.
   */
  readonly outOfMemory?: "stop" | "halve";
  /**
   * Steps that TensorFlow takes in a call, ≥ 1; "auto" (default): up to 32 where steps are so short that the calls cost
   * more than a little. Sampled steps, callbacks of steps and updates of several batches take one at a time; of a
   * number that has no effect it is told. The numbers are the same, to the last bit.
   */
  readonly stepsPerExecution?: number | "auto";
  /** Functions called as the training goes: `{ begin, step, epoch, end }`, or several of them. */
  readonly callbacks?: Callback | readonly Callback[];
  /** Decides the order of samples, dropout and noise. Default: the trial's, else 0. */
  readonly seed?: number;
  /** A new order of samples in each epoch. Default true; of a stateful model false, since its sequences go on from batch to batch. */
  readonly shuffle?: boolean;
  /** Another split than the data set's own, or false for none. */
  readonly validation?: Split | false;
  /** A name, false for no run on disk, or options. Default: a run named after the model. */
  readonly track?: TrackOption;
  /**
   * Write the training's state into the run's `checkpoints/`, so that `resume` can go on from there: true for one an
   * epoch, or when and which to keep. One is written, too, when the training ends or is interrupted. Default: none.
   */
  readonly checkpoint?: boolean | CheckpointOptions;
  /**
   * Go on with the training of a run that ended early: its folder, id or name (the newest so called). Needs a model
   * built as then, and the same data and options; what differs is refused by name. `epochs`, limits, callbacks,
   * `outOfMemory`, `rematerialize` and what is only recorded or shown may differ; of a schedule of one's own `name` and `settings` are
   * compared. On a CPU what comes out equals the training that was never cut short, to the last bit. The run keeps its name and record.
   */
  readonly resume?: string;
  /**
   * The sweep's trial this training is: reports to it, may be pruned, and is recorded in its run. A second training
   * of the same trial goes on counting: after one of 5 epochs its first is reported and recorded as epoch 6.
   */
  readonly trial?: TrialSeam;
  /**
   * Look at data, model and loss before the first step, for 3 seconds at most: rows that splits share, the scale of inputs and
   * targets, classes that are rare, output and loss that do not fit, the first loss, layers without a gradient, and whether
   * one batch is learnt. It says what it finds, keeps it with the run, stops nothing and changes no number. Never in a
   * sweep's trial or a resumed training. Default: true in notebooks, but not while ops are
   * profiled; else false.
   */
  readonly preflight?: boolean;
  /** Show a progress line. Default true. */
  readonly progress?: boolean;
  /** Keep a line for each epoch. Default false. */
  readonly verbose?: boolean;
  /**
   * In a notebook, show the run's board below the progress and renew it while the training goes on, at most four times a
   * second; a text: only series in whose tag this regular expression is found. Default false. It needs a recorded run.
   */
  readonly board?: boolean | string;
  /** Aborts the training, as an interrupt does. */
  readonly signal?: AbortSignal;
}

const known: OptionNames<FitOptions> = {
  optimizer: true,
  schedule: true,
  epochs: true,
  batchSize: true,
  loss: true,
  lossWeights: true,
  labelSmoothing: true,
  clipNorm: true,
  clipValue: true,
  clipAdaptive: true,
  accumulate: true,
  precision: true,
  lossScale: true,
  rematerialize: true,
  classWeights: true,
  earlyStopping: true,
  restoreBest: true,
  maxSteps: true,
  maxSeconds: true,
  notFinite: true,
  outOfMemory: true,
  stepsPerExecution: true,
  callbacks: true,
  seed: true,
  shuffle: true,
  validation: true,
  track: true,
  checkpoint: true,
  resume: true,
  trial: true,
  preflight: true,
  progress: true,
  verbose: true,
  board: true,
  signal: true,
};

/** What TensorFlow.js, Keras and PyTorch have beside the training, and where it is here. */
const foreign: Readonly<Record<string, string>> = {
  learningRate: "which is the optimizer's: optimizer: adam({ learningRate })",
  lr: "which is the optimizer's: optimizer: adam({ learningRate })",
  validationData: "which is validation here, or the data set's own split",
  validationSplit: "which is the data set's: data.arrays({ …, validation: 0.2 })",
  metrics: "which go with the loss: accuracy or meanAbsoluteError",
};

/** @throws RangeError for options that are unknown. */
export function checkNames(options: FitOptions): void {
  refuseUnknown("fit", options, known, foreign);
}
