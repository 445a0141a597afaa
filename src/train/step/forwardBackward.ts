/** One pass through a model: loss, metric, gradients. Pure TensorFlow.js, so it runs eagerly or captured. */
import { freeTape } from "../../native/capture/freshTape.js";
import { tf } from "../../native/index.js";
import type { Batch } from "../batch.js";
import { applyToLogits, headActivation } from "../head.js";
import { batchLoss, type Loss, type Total } from "../loss.js";
import { untrainable } from "./untrainable.js";

export interface Forward {
  readonly loss: tf.Scalar;
  /** Of the loss's metric. */
  readonly measured: Total;
}

export interface ForwardBackward extends Forward {
  /** In the order of the variables given; zeros where the loss does not depend on one. */
  readonly gradients: readonly tf.Tensor[];
}

/** Inference mode: no dropout, batch norm by its moving averages, regularisation left in. */
export function forward(model: tf.LayersModel, batch: Batch, loss: Loss): Forward {
  const head = headActivation(model);
  const output = applyToLogits(model, batch.x, { training: false });
  return {
    loss: regularised(model, batchLoss(loss.perSample(output, batch.y, head), batch)),
    measured: loss.measure(output, batch.y, head),
  };
}

/**
 * Training mode.
 *
 * @throws TypeError naming the layer through which no gradient flows.
 */
export function forwardBackward(
  model: tf.LayersModel,
  batch: Batch,
  options: { loss: Loss; variables: readonly tf.Variable[]; smoothing?: tf.Scalar | undefined },
): ForwardBackward {
  const { loss, variables, smoothing } = options;
  const head = headActivation(model);
  let output: tf.Tensor | undefined;
  const compute = () => {
    output = tf.keep(applyToLogits(model, batch.x, { training: true }));
    return regularised(model, batchLoss(loss.perSample(output, batch.y, head, smoothing), batch));
  };
  try {
    const { value, grads } = gradientsOf(model, batch, { compute, variables });
    return {
      loss: value,
      measured: loss.measure(output as tf.Tensor, batch.y, head),
      gradients: variables.map((variable) => grads[variable.name] ?? tf.zerosLike(variable)),
    };
  } finally {
    output?.dispose();
  }
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
