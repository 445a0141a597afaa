/** One pass through a model: losses, metrics, gradients. Pure TensorFlow.js, so it runs eagerly or captured. */
import { freeTape } from "../../native/capture/freshTape.js";
import { tf } from "../../native/index.js";
import type { Batch } from "../batch.js";
import { applyToLogits, headActivations } from "../head.js";
import type { Head } from "../heads.js";
import { batchLoss, type Total } from "../loss.js";
import type { Cut } from "../rematerialize/cuts.js";
import { inSegments } from "../rematerialize/inSegments.js";
import { untrainable } from "./untrainable.js";

export interface Forward {
  readonly loss: tf.Scalar;
  /** Of each output's metric. */
  readonly measured: readonly Total[];
  /** Each output's own loss, where there are several. */
  readonly losses: readonly tf.Scalar[];
  /** Of a pass without gradients the class that each sample is given, where there is one output and it gives one: float32 [n]. */
  readonly answers?: tf.Tensor | undefined;
}

export interface ForwardBackward extends Forward {
  /** Of each sample its loss, and of each the class it is given, if it is given one: float32 [n] each. */
  readonly rows?: readonly tf.Tensor[] | undefined;
  /** In the order of the variables given; zeros where the loss does not depend on one. */
  readonly gradients: readonly tf.Tensor[];
}

/** What the model's outputs learn. */
export interface Learnt {
  readonly heads: readonly Head[];
  /** Of each output's loss in the sum; empty for one output. */
  readonly lossWeights: readonly tf.Scalar[];
}

/** Inference mode: no dropout, batch norm by its moving averages, regularisation left in. */
export function forward(model: tf.LayersModel, batch: Batch, learnt: Learnt): Forward {
  const outputs = applyToLogits(model, inputsOf(batch), { training: false });
  const pass = { activations: headActivations(model), outputs, batch, heads: learnt.heads };
  const losses = headLosses(pass);
  return {
    loss: regularised(model, weightedSum(losses, learnt.lossWeights)),
    measured: measuredOf(pass),
    losses: losses.length > 1 ? losses : [],
    answers: losses.length > 1 ? undefined : answersOf(pass),
  };
}

/** Of the first output. */
function answersOf({ heads, activations, outputs }: Pick<Pass, "heads" | "activations" | "outputs">) {
  return heads[0]?.loss.answers?.(outputs[0] as tf.Tensor, activations[0] as string)?.toFloat();
}

/** What is computed with, beside the batch. */
interface Training extends Learnt {
  readonly variables: readonly tf.Variable[];
  readonly smoothing?: tf.Scalar | undefined;
  /** What the loss is multiplied by on the way back; what is returned is as if it were not. */
  readonly scale?: tf.Scalar | undefined;
  /** Between segments whose activations are computed again for the gradient; default none: all are kept. */
  readonly cuts?: readonly Cut[];
  /** What was made of the layers' outputs so far, beside the model's own. */
  readonly beside?: (() => readonly tf.Tensor[]) | undefined;
  /** Whether the samples' losses are asked for, of a model with one output. Default false. */
  readonly keepsRows?: boolean;
}

/**
 * Training mode.
 *
 * @throws TypeError naming the layer through which no gradient flows.
 */
export function forwardBackward(model: tf.LayersModel, batch: Batch, options: Training): ForwardBackward {
  const { heads, lossWeights, variables, smoothing, scale, cuts = [], beside, keepsRows } = options;
  const activations = headActivations(model);
  let outputs: tf.Tensor[] = [];
  let losses: tf.Scalar[] = [];
  let unscaled: readonly tf.Scalar[] = [];
  let ofSamples: tf.Tensor | undefined;
  const keepRows = (perSample: tf.Tensor) => {
    if (keepsRows && perSample.rank === 1) ofSamples = tf.keep(perSample.clone());
  };
  const rowsOf = (perSample: tf.Tensor) => {
    const answers = answersOf({ heads, activations, outputs });
    return [perSample.clone(), ...(answers ? [answers] : [])];
  };
  const through =
    cuts.length > 0
      ? (x: readonly tf.Tensor[]) => inSegments(model, x, { cuts, trained: variables, beside })
      : undefined;
  const compute = () => {
    outputs = applyToLogits(model, inputsOf(batch), { training: true, through }).map((output) =>
      tf.keep(output),
    );
    const each = headLosses({ activations, outputs, batch, heads }, smoothing, keepRows);
    if (each.length > 1) losses = each.map((loss) => tf.keep(loss));
    const loss = regularised(model, weightedSum(each, lossWeights));
    if (!scale) return loss;
    unscaled = [tf.keep(loss)];
    return tf.mul(loss, scale) as tf.Scalar;
  };
  try {
    const { value, grads } = gradientsOf(model, batch, { compute, variables });
    return {
      loss: unscaled[0]?.clone() ?? value,
      measured: measuredOf({ activations, outputs, batch, heads }),
      losses: losses.map((loss) => loss.clone()),
      rows: ofSamples && rowsOf(ofSamples),
      gradients: variables.map((variable) => {
        const of = grads[variable.name];
        if (!of) return tf.zerosLike(variable);
        return scale ? tf.div(of, scale) : of;
      }),
    };
  } finally {
    tf.dispose([...outputs, ...losses, ...unscaled, ...(ofSamples ? [ofSamples] : [])]);
  }
}

interface Pass {
  readonly heads: readonly Head[];
  /** Of each head. */
  readonly activations: readonly string[];
  readonly outputs: readonly tf.Tensor[];
  readonly batch: Batch;
}

function inputsOf({ x, moreX = [] }: Batch): tf.Tensor[] {
  return [x, ...moreX];
}

function targetOf({ y, moreY = [] }: Batch, head: number): tf.Tensor {
  return [y, ...moreY][head] as tf.Tensor;
}

function weightsOf({ weights, moreWeights = [] }: Batch, head: number): tf.Tensor | undefined {
  return weights && [weights, ...moreWeights][head];
}

/** Of each output, the mean over the batch. @param seen is given each one's losses of the samples */
function headLosses(
  { heads, activations, outputs, batch }: Pass,
  smoothing?: tf.Scalar,
  seen?: (perSample: tf.Tensor) => void,
): tf.Scalar[] {
  return heads.map(({ loss }, k) => {
    const smoothed = loss.smooths ? smoothing : undefined;
    const [output, activation] = [outputs[k] as tf.Tensor, activations[k] as string];
    const perSample = loss.perSample(output, targetOf(batch, k), activation, smoothed);
    seen?.(perSample);
    return batchLoss(perSample, weightsOf(batch, k));
  });
}

function weightedSum(losses: readonly tf.Scalar[], weights: readonly tf.Scalar[]): tf.Scalar {
  const weighted =
    weights.length === 0 ? losses : losses.map((loss, k) => tf.mul(loss, weights[k] as tf.Scalar));
  return weighted.reduce((sum, loss) => tf.add(sum, loss)) as tf.Scalar;
}

function measuredOf({ heads, activations, outputs, batch }: Pass): Total[] {
  return heads.map(({ loss }, k) =>
    loss.measure(outputs[k] as tf.Tensor, targetOf(batch, k), activations[k] as string),
  );
}

function gradientsOf(
  model: tf.LayersModel,
  batch: Batch,
  of: { compute: () => tf.Scalar; variables: readonly tf.Variable[] },
): ReturnType<typeof tf.variableGrads> {
  try {
    return tf.variableGrads(of.compute, [...of.variables]);
  } catch (error) {
    freeTape();
    throw untrainable(model, batch, error) ?? error;
  }
}

/** Plus the penalties of all kernel and bias regularisers. */
function regularised(model: tf.LayersModel, loss: tf.Scalar): tf.Scalar {
  return model.calculateLosses().reduce((sum, penalty) => tf.add(sum, penalty) as tf.Scalar, loss);
}
