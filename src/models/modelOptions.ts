/** What `mlp` and `cnn` have in common: options, checked once, and the layers made of them. */

import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { type Random, random } from "../base/random.js";
import { tf } from "../native/index.js";
import type { ActivationName } from "./activation.js";
import { defaultInitializer, type Initializer, type InitializerName, initializer } from "./initializer.js";

export interface ModelOptions {
  /** Of one sample, such as [28, 28, 1]. */
  readonly inputShape: readonly number[];
  /** Number of classes: the output is a softmax over them. */
  readonly classes?: number | undefined;
  /** Number of values to predict: the output is linear. Exactly one of `classes` and `outputs` is needed. */
  readonly outputs?: number | undefined;
  /** Of the hidden layers. Default `relu`. */
  readonly activation?: ActivationName;
  /** Of the hidden kernels. Default: what suits the activation. Biases start at 0. */
  readonly initializer?: InitializerName | Initializer;
  /** Share of a hidden layer's outputs set to 0 in training, 0 ≤ dropout < 1. Default 0. */
  readonly dropout?: number;
  /**
   * λ ≥ 0 of an L2 penalty, as in Keras: the loss grows by λ·Σw² over all kernels, their gradients by 2λw. Default 0.
   * For decay beside the gradient there is `adamw({ weightDecay })`.
   */
  readonly l2?: number;
  /** Batch normalisation between a hidden layer's sum and its activation. Default false. */
  readonly batchNorm?: boolean;
  /** Decides the initial weights. Default 0. */
  readonly seed?: number;
  readonly name?: string;
}

/** Options after the door. Invariant: every number is in its range. */
export interface ModelPlan {
  readonly inputShape: number[];
  readonly units: number;
  readonly head: "softmax" | "linear";
  readonly activation: ActivationName;
  readonly initializer: InitializerName | Initializer;
  readonly dropout: number;
  readonly l2: number;
  readonly batchNorm: boolean;
  readonly source: Random;
}

const known: OptionNames<ModelOptions> = {
  inputShape: true,
  classes: true,
  outputs: true,
  activation: true,
  initializer: true,
  dropout: true,
  l2: true,
  batchNorm: true,
  seed: true,
  name: true,
};

const notes = {
  weightDecay: "an L2 penalty in the loss is l2 here; weight decay is adamw({ weightDecay })",
};

/** @param own those that one builder has beside the common ones */
export function isModelOption(name: string, own: Readonly<Record<string, true>>): boolean {
  return Object.hasOwn(known, name) || Object.hasOwn(own, name);
}

/** @throws RangeError naming the model function, what it needs and what it was given. */
export function planModel<T extends ModelOptions>(
  what: string,
  options: T,
  own: OptionNames<Omit<T, keyof ModelOptions>>,
): ModelPlan {
  refuseUnknown(what, options, { ...own, ...known }, notes);
  const { activation = "relu", dropout = 0, l2 = 0, batchNorm = false, seed = 0 } = options;
  const { classes, outputs, inputShape } = options;
  positiveIntegers(what, "inputShape", inputShape);
  if ((classes === undefined) === (outputs === undefined))
    throw new RangeError(
      `${what} needs either classes or outputs; it was given ${classes === undefined ? "neither" : "both"}`,
    );
  const units = classes ?? outputs ?? 0;
  if (!Number.isInteger(units) || units < (classes === undefined ? 1 : 2))
    throw new RangeError(
      classes === undefined
        ? `${what} needs at least 1 output; it was given ${units}`
        : `${what} needs at least 2 classes; it was given ${units}`,
    );
  if (!(dropout >= 0 && dropout < 1))
    throw new RangeError(`${what} needs a dropout of at least 0 and below 1; it was given ${dropout}`);
  if (!(l2 >= 0 && Number.isFinite(l2)))
    throw new RangeError(`${what} needs an l2 of at least 0; it was given ${l2}`);
  return {
    inputShape: [...inputShape],
    units,
    head: classes === undefined ? "linear" : "softmax",
    activation,
    initializer: options.initializer ?? defaultInitializer(activation),
    dropout,
    l2,
    batchNorm,
    source: random(seed),
  };
}

/** @throws RangeError unless every entry is a whole number of at least 1. */
export function positiveIntegers(what: string, option: string, values: readonly number[]): void {
  if (!Array.isArray(values) || !values.every((value) => Number.isInteger(value) && value >= 1))
    throw new RangeError(
      `${what} needs ${option} to be a list of whole numbers ≥ 1; it was given ${JSON.stringify(values)}`,
    );
}

/** The options every layer with a kernel shares. */
export function kernelOptions(plan: ModelPlan, name: string) {
  return {
    name,
    kernelInitializer: initializer(plan.initializer, plan.source.split(name)),
    kernelRegularizer: plan.l2 > 0 ? tf.regularizers.l2({ l2: plan.l2 }) : undefined,
  };
}

/** Adds a layer with a kernel, its normalisation and its activation. */
export function addActivated(
  model: tf.Sequential,
  plan: ModelPlan,
  layer: { name: string; make(options: { useBias: boolean; activation: ActivationName }): Layer },
): void {
  if (!plan.batchNorm) {
    model.add(layer.make({ useBias: true, activation: plan.activation }));
    return;
  }
  // The normalisation's own shift makes a bias before it superfluous (Ioffe & Szegedy 2015, section 3.2).
  model.add(layer.make({ useBias: false, activation: "linear" }));
  model.add(tf.layers.batchNormalization({ name: `${layer.name}_norm` }));
  model.add(tf.layers.activation({ name: `${layer.name}_activation`, activation: plan.activation }));
}

type Layer = Parameters<tf.Sequential["add"]>[0];

/** Adds dense hidden layers and the output. */
export function addDenseStack(model: tf.Sequential, plan: ModelPlan, hidden: readonly number[]): void {
  hidden.forEach((units, index) => {
    const name = `hidden_${index + 1}`;
    addActivated(model, plan, {
      name,
      make: (options) => tf.layers.dense({ ...kernelOptions(plan, name), units, ...options }),
    });
    addDropout(model, plan, name);
  });
  const output = kernelOptions({ ...plan, initializer: "glorotUniform" }, "output");
  model.add(tf.layers.dense({ ...output, units: plan.units, activation: plan.head }));
}

/** The layer gets no seed of its own: TensorFlow.js would drop the same units in every step. `fit` seeds each step. */
export function addDropout(model: tf.Sequential, plan: ModelPlan, after: string): void {
  if (plan.dropout > 0) model.add(tf.layers.dropout({ name: `${after}_dropout`, rate: plan.dropout }));
}
