/**
 * What one step computes, from inputs to outputs: run eagerly on real tensors or captured on symbols, it is the same
 * code. State is read from and written to resource variables.
 */
import { DType } from "../../native/dtypes.js";
import { tf } from "../../native/index.js";
import { op } from "../../native/op.js";
import { withSeed } from "../../native/random.js";
import type { RewriteName } from "../../native/rewrites.js";
import type { Optimizer, Scalars } from "../../optim/optimizer.js";
import type { Batch } from "../batch.js";
import type { Head } from "../heads.js";
import type { Precision } from "../precision.js";
import type { Cut } from "../rematerialize/cuts.js";
import { activeLayers, recordOutputs, withHeads } from "./activations.js";
import { applyUpdate, assign, read, type Trained } from "./applyUpdate.js";
import { type Clipping, clipped } from "./clipping.js";
import { rectifies } from "./deadUnits.js";
import { type ForwardBackward, forward, forwardBackward, type Learnt } from "./forwardBackward.js";
import { type Look, type LookedAt, lookedAt, type SampledTensors } from "./lookedAt.js";
import { lossWeightNames } from "./lossWeights.js";
import { infoOf, type Weight } from "./modelWeights.js";
import type { Sampling } from "./sampledStatistics.js";
import { noiseInputsOf, type StepNoise } from "./stepNoise.js";
import { countsOf, packNumbers } from "./stepNumbers.js";
import { withWeights } from "./weightSwap.js";

/** What stays the same from step to step. */
export interface StepPlan {
  readonly model: tf.LayersModel;
  readonly weights: readonly Weight[];
  /** One for each of the model's outputs. */
  readonly heads: readonly Head[];
  readonly optimizer: Optimizer;
  /** Names of the scalars in the order they are fed. */
  readonly scalars: readonly string[];
  /** Those of the scalars that never change during a training. */
  readonly fixed: Readonly<Record<string, number>>;
  readonly clipping: Clipping | undefined;
  /** Steps that add up look at what they add, and keep layers' averages from what is not finite. */
  readonly guards: boolean;
  readonly noise: readonly StepNoise[];
  /** What keeps states from step to step. */
  readonly stateful: readonly object[];
  readonly sampling: Sampling;
  /** Of the products of a captured step that trains. */
  readonly precision: Precision;
  /** Rewrites that are left out. */
  readonly without: readonly RewriteName[];
  /** Whether steps that train give the losses of the samples. */
  readonly rowLosses: boolean;
  /** Between segments whose activations are computed again for the gradient; none: all are kept. */
  readonly cuts: readonly Cut[];
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
  /** Of each trained weight, where gradients are added up; empty for a step that adds up none. */
  readonly sums: readonly tf.Tensor[];
}

export interface StepOutputs {
  /**
   * What `stepNumbers.ts` packs. Of a sampled step, then what `lookedAt` gives: a part of a step has only the outputs of
   * its layers, an update of what was added up all but these.
   */
  readonly tensors: tf.Tensor[];
  /** What of a sampled step is in the tensors behind the first. */
  readonly looks: readonly Look[];
  /** How many values of each output's metric were summed. */
  readonly counts: readonly number[];
}

/** Forward, backward, update. */
export function trainBody(plan: StepPlan, given: StepInputs, sampled: boolean): StepOutputs {
  const { weights } = plan;
  const scalars = namedScalars(plan, given.scalars);
  const before = given.weights.map(read);
  const variables = weights.map(({ variable }) => variable);
  return withWeights(variables, before, () => {
    const keepsRows = plan.rowLosses;
    const { result, taken, outputs } = passes(plan, { given, before, scalars, sampled, keepsRows });
    writeAssigned(variables, before, given.weights);
    update(plan, given, { gradients: taken, before, scalars });
    const numbers = packNumbers(result, tf.scalar(1), result.rows);
    const counts = countsOf(result);
    if (!sampled) return { tensors: [numbers], looks: [], counts };
    const { tensors, looks } = look(plan, given, { gradients: taken, before, outputs });
    return { tensors: [numbers, ...tensors], looks, counts };
  });
}

/** Forward and backward; the gradients, times the batch's share of the step's samples, are added up. */
export function partBody(plan: StepPlan, given: StepInputs, sampled: boolean): StepOutputs {
  const scalars = namedScalars(plan, given.scalars);
  const before = given.weights.map(read);
  const variables = plan.weights.map(({ variable }) => variable);
  return withWeights(variables, before, () => {
    const { result, taken, outputs } = passes(plan, { given, before, scalars, sampled });
    const finite = plan.guards ? allFinite([result.loss, ...taken]) : undefined;
    writeAssigned(variables, before, given.weights, finite);
    taken.forEach((gradient, k) => {
      const part = tf.mul(gradient, scalars.share as tf.Scalar);
      op("AssignAddVariableOp", { types: { dtype: DType.float32 } }, [given.sums[k] as tf.Tensor, part], 0);
    });
    const numbers = packNumbers(result, finite ? tf.cast(finite, "float32") : tf.scalar(1));
    const { tensors, looks } = lookedAt(
      { ...noWeights, outputs, rectified: rectifiedOf(plan, outputs) },
      plan.sampling.entries,
    );
    return { tensors: [numbers, ...tensors], looks, counts: countsOf(result) };
  });
}

const noWeights = { gradients: [], before: [], after: [] } as const;

/** The update from what was added up, which begins at 0 again. */
export function updateBody(
  plan: StepPlan,
  given: Omit<StepInputs, "batch" | "seed">,
  sampled: boolean,
): StepOutputs {
  const scalars = namedScalars(plan, given.scalars);
  const before = given.weights.map(read);
  const gradients = given.sums.map(read);
  update(plan, given, { gradients, before, scalars });
  for (const [k, sum] of given.sums.entries()) assign(sum, tf.zerosLike(gradients[k] as tf.Tensor));
  const numbers = tf.mul(given.scalars, 1);
  if (!sampled) return { tensors: [numbers], looks: [], counts: [] };
  const { tensors, looks } = look(plan, given, { gradients, before, outputs: [] });
  return { tensors: [numbers, ...tensors], looks, counts: [] };
}

/** What is looked at of a layer's output where little is to be held: enough for its statistics. */
const fewValues = 2 ** 16;

interface Passes {
  readonly given: StepInputs;
  readonly before: readonly tf.Tensor[];
  readonly scalars: Scalars;
  readonly sampled: boolean;
  readonly keepsRows?: boolean;
}

/** Forward and backward, twice where the optimiser climbs first. */
function passes(
  plan: StepPlan,
  { given, before, scalars, sampled, keepsRows = false }: Passes,
): { result: ForwardBackward; taken: readonly tf.Tensor[]; outputs: readonly tf.Tensor[] } {
  const { model } = plan;
  const trained = trainedOf(plan);
  const variables = trained.map((i) => plan.weights[i]?.variable as tf.Variable);
  const options = {
    ...learntOf(plan, scalars),
    variables,
    smoothing: scalars.labelSmoothing,
    scale: scalars.lossScale,
    cuts: plan.cuts,
    keepsRows,
  };
  const noise = noiseInputsOf(plan.noise, scalars);
  const pass = (beside?: () => readonly tf.Tensor[]) =>
    withSeed(given.seed, () => forwardBackward(model, given.batch, { ...options, beside }), noise);
  const most = plan.cuts.length > 0 ? fewValues : undefined;
  const { result, outputs } = recordOutputs(sampled ? activeLayers(model) : [], pass, most);
  const taken = gradientsElsewhere(plan, { pass, before, trained, scalars }, result.gradients);
  const shown = (sampled ? withHeads(model, outputs) : []).map((output) => output.clone());
  // The recorded outputs were kept beyond their tidy; the clones belong to the caller's.
  tf.dispose(outputs);
  return { result, taken, outputs: shown };
}

/** Which weights are trained. */
function trainedOf({ weights }: StepPlan): number[] {
  return weights.flatMap((weight, i) => (weight.trainable ? [i] : []));
}

function update(
  plan: StepPlan,
  given: Pick<StepInputs, "weights" | "slots">,
  from: { gradients: readonly tf.Tensor[]; before: readonly tf.Tensor[]; scalars: Scalars },
): void {
  const { clipping, weights, optimizer } = plan;
  const { before, scalars } = from;
  const trained = trainedOf(plan);
  const clippable = {
    gradients: from.gradients,
    parameters: trained.map((i) => before[i] as tf.Tensor),
    weights: trained.map((i) => infoOf(weights[i] as Weight)),
  };
  const gradients = clipping ? clipped(clipping, scalars.clip as tf.Scalar, clippable) : from.gradients;
  trained.forEach((i, k) => {
    const target: Trained = {
      weight: infoOf(weights[i] as Weight),
      parameter: given.weights[i] as tf.Tensor,
      slots: given.slots[i] ?? {},
      constraint: weights[i]?.constraint,
    };
    applyUpdate(optimizer, target, { gradient: gradients[k] as tf.Tensor, scalars });
  });
}

/** @param from gradients of the trained weights, values of all of them before the update */
function look(
  plan: StepPlan,
  given: Pick<StepInputs, "weights">,
  from: Pick<SampledTensors, "gradients" | "before" | "outputs">,
): LookedAt {
  const trained = trainedOf(plan);
  const before = trained.map((i) => from.before[i] as tf.Tensor);
  const after = trained.map((i) => read(given.weights[i] as tf.Tensor));
  const rectified = rectifiedOf(plan, from.outputs);
  return lookedAt({ ...from, rectified, before, after }, plan.sampling.entries);
}

/** @param outputs of the active layers, or none */
function rectifiedOf({ model }: StepPlan, outputs: readonly tf.Tensor[]): tf.Tensor[] {
  const layers = activeLayers(model);
  return outputs.filter((_, i) => rectifies(layers[i] as (typeof layers)[number]));
}

function allFinite(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.all(tf.stack(tensors.map((tensor) => tf.all(tf.isFinite(tensor)))));
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

/** The scalars are read where there are several outputs. */
export function evaluateBody(
  plan: StepPlan,
  given: Pick<StepInputs, "batch" | "weights" | "scalars">,
): StepOutputs {
  const variables = plan.weights.map(({ variable }) => variable);
  const scalars = plan.heads.length > 1 ? namedScalars(plan, given.scalars) : {};
  return withWeights(variables, given.weights.map(read), () => {
    const result = forward(plan.model, given.batch, learntOf(plan, scalars));
    const answers = result.answers ? [result.answers] : [];
    return { tensors: [packNumbers(result, tf.scalar(1), answers)], looks: [], counts: countsOf(result) };
  });
}

function learntOf({ heads }: StepPlan, scalars: Scalars): Learnt {
  return { heads, lossWeights: lossWeightNames(heads.length).map((name) => scalars[name] as tf.Scalar) };
}

function namedScalars(plan: StepPlan, packed: tf.Tensor1D): Record<string, tf.Scalar> {
  const scalars = tf.unstack(packed) as tf.Scalar[];
  return Object.fromEntries(plan.scalars.map((name, i) => [name, scalars[i] as tf.Scalar]));
}

/**
 * What layers assigned during the pass, such as moving averages, goes into the step's own variables: where `finite` is
 * given, only if it is true.
 */
function writeAssigned(
  variables: readonly tf.Variable[],
  before: readonly tf.Tensor[],
  resources: readonly tf.Tensor[],
  finite?: tf.Tensor,
): void {
  variables.forEach((variable, i) => {
    const old = before[i] as tf.Tensor;
    if (variable.dataId === old.dataId) return;
    assign(resources[i] as tf.Tensor, finite ? tf.where(finite, variable, old) : variable);
  });
}
