/**
 * What an optimiser is: a gradient transformation, a pure `{init, update}` pair (the form of optax), and the numbers
 * it reads at each step.
 */
import type * as tf from "@tensorflow/tfjs";

/** Scalar tensors by name: a step's hyper-parameters. They are inputs of a captured step, never constants in it. */
export type Scalars = Readonly<Record<string, tf.Scalar>>;

/** Tensors an optimiser keeps of one parameter (moments, velocity), of any shape that the parameter's decides. */
export type Slots = Readonly<Record<string, tf.Tensor>>;

/** What a choice between weights may depend on. */
export interface WeightInfo {
  /** `<layer>/<weight>`, such as `dense_1/kernel`; unique in the model. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** Everything one parameter's update reads. */
export interface UpdateInput {
  readonly gradient: tf.Tensor;
  readonly parameter: tf.Tensor;
  readonly weight: WeightInfo;
  readonly slots: Slots;
  readonly scalars: Scalars;
}

export interface UpdateOutput {
  /** What the next transformation takes for the gradient; the last one's is added to the parameter. */
  readonly gradient: tf.Tensor;
  readonly slots: Slots;
}

/**
 * A gradient transformation, parameter by parameter.
 * Guarantees: both functions are pure; `update` returns every slot that `init` made, in the same shape.
 */
export interface Transform {
  init(parameter: tf.Tensor): Slots;
  update(input: UpdateInput): UpdateOutput;
  /** Where it computes differently for different weights of one shape: a text a kind. It identifies the computation. */
  variant?(weight: WeightInfo): string;
}

/** What follows a weight's update, such as an average over its values: a pure pair too. */
export interface Follower {
  init(parameter: tf.Tensor): Slots;
  update(input: Omit<UpdateInput, "gradient" | "weight">): {
    /** The weight's value after it; absent: as it was. */
    readonly parameter?: tf.Tensor;
    readonly slots: Slots;
  };
}

/** All weights at once, in one order. */
export interface AscentInput {
  readonly gradients: readonly tf.Tensor[];
  readonly parameters: readonly tf.Tensor[];
  readonly scalars: Scalars;
}

/** Weight decay before one of TensorFlow's own update kernels. */
export interface FusedDecay {
  /** The weights that decay. */
  readonly of: (weight: WeightInfo) => boolean;
  /** Adds `weightDecay`·parameter to the gradient, or takes `decay`·parameter from the weight: both are scalars. */
  readonly into: "gradient" | "weight";
}

/** One of TensorFlow's own update kernels, equal to a transformation and faster. */
export interface FusedUpdate {
  readonly op:
    | "ResourceApplyGradientDescent"
    | "ResourceApplyMomentum"
    | "ResourceApplyAdam"
    | "ResourceApplyAdagradV2"
    | "ResourceApplyAdadelta";
  /** The slots' names in the order the op takes them, after the variable. */
  readonly slots: readonly string[];
  /** The inputs after the slots: names of scalars, or `gradient`. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, boolean>>;
  /** What the op does not do of weight decay. */
  readonly decay?: FusedDecay;
}

/**
 * An optimiser's specification. It holds no state: slots live with the training step.
 *
 * Of the library's own (`libraryOptimizers.ts`) `structure` and the transformation's `variant`s identify the computation:
 * two of which they are equal differ only in their scalars, so they share a captured step. A person's own has captures
 * of its own in each training, since its functions may have been edited meanwhile.
 */
export interface Optimizer {
  readonly name: string;
  readonly structure: string;
  /** Its options but the rate, for a run's record. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Base rate; a schedule multiplies it. */
  readonly learningRate: number;
  /** Its momentum, or beta1, which a schedule may set; undefined where there is none to set. */
  readonly momentum?: number;
  readonly transform: Transform;
  readonly fused?: FusedUpdate;
  /** In this order, after the weight's constraint. */
  readonly followers?: readonly Follower[];
  /** Where the gradient is to be taken instead, given the one here: each step then has two passes. Pure. */
  readonly ascend?: (input: AscentInput) => tf.Tensor[];
  /** The slot whose values validation, and the model after training, have in place of the trained weights. */
  readonly evaluates?: string;
  /** Layers and weights that its options name; each must be in the model. */
  readonly names?: readonly string[];
  /**
   * The scalars of a step, in float64: the same names at every step.
   * @param step 0 for the first update
   * @param learningRate already multiplied by the schedule's factor
   * @param momentum the schedule's, in place of the optimiser's own
   */
  scalars(step: number, learningRate: number, momentum?: number): Readonly<Record<string, number>>;
}
