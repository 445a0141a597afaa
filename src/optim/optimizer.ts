/**
 * What an optimiser is: a gradient transformation, a pure `{init, update}` pair (the form of optax), and the numbers
 * it reads at each step.
 */
import type * as tf from "@tensorflow/tfjs";

/** Scalar tensors by name: a step's hyper-parameters. They are inputs of a captured step, never constants in it. */
export type Scalars = Readonly<Record<string, tf.Scalar>>;

/** One tensor a slot (moment, velocity), shaped as its parameter. */
export type Slots = Readonly<Record<string, tf.Tensor>>;

/** Everything one parameter's update reads. */
export interface UpdateInput {
  readonly gradient: tf.Tensor;
  readonly parameter: tf.Tensor;
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
 * Guarantees: both functions are pure; `update` returns every slot that `init` made.
 */
export interface Transform {
  init(parameter: tf.Tensor): Slots;
  update(input: UpdateInput): UpdateOutput;
}

/** One of TensorFlow's own update kernels, equal to a transformation and faster. */
export interface FusedUpdate {
  readonly op: "ResourceApplyGradientDescent" | "ResourceApplyMomentum" | "ResourceApplyAdam";
  /** The slots' names in the order the op takes them, after the variable. */
  readonly slots: readonly string[];
  /** The inputs after the slots: names of scalars, or `gradient`. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, boolean>>;
  /** Before the op, take `decay`·parameter away, `decay` being a scalar. */
  readonly decayFirst?: boolean;
}

/**
 * An optimiser's specification. It holds no state: slots live with the training step.
 *
 * `structure` identifies the computation: two optimisers with the same structure differ only in their scalars, so
 * they share a captured step.
 */
export interface Optimizer {
  readonly name: string;
  readonly structure: string;
  /** Base rate; a schedule multiplies it. */
  readonly learningRate: number;
  readonly transform: Transform;
  readonly fused?: FusedUpdate;
  /**
   * The scalars of a step, in float64.
   * @param step 0 for the first update
   * @param learningRate already multiplied by the schedule's factor
   */
  scalars(step: number, learningRate: number): Readonly<Record<string, number>>;
}
