/**
 * What one step computes, from inputs to outputs: run eagerly on real tensors or captured on symbols, it is the same
 * code. State is read from and written to resource variables.
 */
import { tf } from "../../native/index.js";
import { withSeed } from "../../native/random.js";
import type { Optimizer, Scalars } from "../../optim/optimizer.js";
import type { Batch } from "../batch.js";
import { headActivation } from "../head.js";
import { applyHead, type Loss } from "../loss.js";
import { activeLayers, recordOutputs } from "./activations.js";
import { applyUpdate, assign, read, type Trained } from "./applyUpdate.js";
import { clipByGlobalNorm } from "./clip.js";
import { type Forward, forward, forwardBackward } from "./forwardBackward.js";
import { infoOf, type Weight } from "./modelWeights.js";
import type { Sampled, Sampling } from "./sampledStatistics.js";
import { withWeights } from "./weightSwap.js";

/** What stays the same from step to step. */
export interface StepPlan {
  readonly model: tf.LayersModel;
  readonly weights: readonly Weight[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Names of the scalars in the order they are fed. */
  readonly scalars: readonly string[];
  readonly clips: boolean;
  readonly sampling: Sampling;
}

/** What a step is given. Resources are handles, not values. */
export interface StepInputs {
  readonly batch: Batch;
  /** float32 [plan.scalars.length] */
  readonly scalars: tf.Tensor1D;
  /** int32 [2] */
  readonly seed: tf.Tensor1D;
  readonly weights: readonly tf.Tensor[];
  /** Of each weight by slot name; empty for one that is not trained. */
  readonly slots: readonly Readonly<Record<string, tf.Tensor>>[];
}

export interface StepOutputs {
  /**
   * float32 [2]: loss, and the sum of the metric's values. Of a sampled step, then: for each trained weight its gradient before
   * clipping; their values before the update; their values after it; for each active layer its output.
   */
  readonly tensors: tf.Tensor[];
  /** How many values of the metric were summed. */
  readonly count: number;
}

export function trainBody(plan: StepPlan, given: StepInputs, sampled: boolean): StepOutputs {
  const { model, weights } = plan;
  const scalars = namedScalars(plan, given.scalars);
  const before = given.weights.map(read);
  const trained = weights.flatMap((weight, i) => (weight.trainable ? [i] : []));
  const variables = weights.map(({ variable }) => variable);
  return withWeights(variables, before, () => {
    const layers = sampled ? activeLayers(model) : [];
    const pass = () =>
      withSeed(given.seed, () =>
        forwardBackward(model, given.batch, {
          loss: plan.loss,
          variables: trained.map((i) => variables[i] as tf.Variable),
        }),
      );
    const { result, outputs } = recordOutputs(layers, pass);
    writeAssigned(variables, before, given.weights);
    const taken = gradientsElsewhere(plan, { pass, before, trained, scalars }, result.gradients);
    const gradients = plan.clips ? clipByGlobalNorm(taken, scalars.clipNorm as tf.Scalar) : taken;
    trained.forEach((i, k) => {
      const target: Trained = {
        weight: infoOf(weights[i] as Weight),
        parameter: given.weights[i] as tf.Tensor,
        slots: given.slots[i] ?? {},
        constraint: weights[i]?.constraint,
      };
      applyUpdate(plan.optimizer, target, { gradient: gradients[k] as tf.Tensor, scalars });
    });
    const numbers = packNumbers(result);
    const { count } = result.measured;
    if (!sampled) return { tensors: [numbers], count };
    const after = trained.map((i) => read(given.weights[i] as tf.Tensor));
    const shown = withHead(model, outputs).map((output) => output.clone());
    // The recorded outputs were kept beyond their tidy; the clones belong to the caller's.
    tf.dispose(outputs);
    return {
      tensors: [numbers, ...taken, ...trained.map((i) => before[i] as tf.Tensor), ...after, ...shown],
      count,
    };
  });
}

/**
 * The gradients of a second pass where the optimiser climbs first, from the same noise; else those of the first. What
 * layers assign during it is forgotten.
 */
function gradientsElsewhere(
  { optimizer, weights }: StepPlan,
  from: {
    pass: () => { gradients: readonly tf.Tensor[] };
    before: readonly tf.Tensor[];
    trained: readonly number[];
    scalars: Scalars;
  },
  gradients: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  if (!optimizer.ascend) return gradients;
  const { before, trained, scalars } = from;
  const parameters = trained.map((i) => before[i] as tf.Tensor);
  const climbed = [...before];
  optimizer.ascend({ gradients, parameters, scalars }).forEach((value, k) => {
    climbed[trained[k] as number] = value;
  });
  const variables = weights.map(({ variable }) => variable);
  return withWeights(variables, climbed, from.pass).gradients;
}

/** Takes a sampled step's tensors apart again. */
export function sampledParts<T>(tensors: readonly T[], trained: number): Record<keyof Sampled, readonly T[]> {
  const [, ...rest] = tensors;
  return {
    gradients: rest.slice(0, trained),
    before: rest.slice(trained, 2 * trained),
    after: rest.slice(2 * trained, 3 * trained),
    outputs: rest.slice(3 * trained),
  };
}

export function evaluateBody(plan: StepPlan, given: Pick<StepInputs, "batch" | "weights">): StepOutputs {
  const variables = plan.weights.map(({ variable }) => variable);
  return withWeights(variables, given.weights.map(read), () => {
    const result = forward(plan.model, given.batch, plan.loss);
    return { tensors: [packNumbers(result)], count: result.measured.count };
  });
}

function namedScalars(plan: StepPlan, packed: tf.Tensor1D): Record<string, tf.Scalar> {
  const scalars = tf.unstack(packed) as tf.Scalar[];
  return Object.fromEntries(plan.scalars.map((name, i) => [name, scalars[i] as tf.Scalar]));
}

/** What layers assigned during the pass, such as moving averages, goes into the step's own variables. */
function writeAssigned(
  variables: readonly tf.Variable[],
  before: readonly tf.Tensor[],
  resources: readonly tf.Tensor[],
): void {
  variables.forEach((variable, i) => {
    if (variable.dataId !== before[i]?.dataId) assign(resources[i] as tf.Tensor, variable);
  });
}

function packNumbers({ loss, measured }: Forward): tf.Tensor {
  return tf.stack([loss, measured.sum]);
}

/** The last layer ran without its softmax or sigmoid: what it puts out as the model's output has it. */
function withHead(model: tf.LayersModel, outputs: readonly tf.Tensor[]): tf.Tensor[] {
  const head = headActivation(model);
  return outputs.map((output, i) => (i === outputs.length - 1 ? applyHead(output, head) : output));
}
