/** Losses and metrics, computed from logits on the device. */
import { sparseCrossEntropy } from "../native/gradients/sparseCrossEntropy.js";
import { tf } from "../native/index.js";
import { applies } from "../native/rewrites.js";
import { applyHead } from "./head.js";

export type LossName = "crossEntropy" | "binaryCrossEntropy" | "meanSquaredError";

/** A loss knows its per-sample values and the metrics that go with it. Pure: it makes tensors, keeps none. */
export interface Loss {
  /** One of `LossName`, or that of a person's own. */
  readonly name: string;
  /** Of a person's own its text: what it computes cannot be seen from outside. */
  readonly own?: string;
  /**
   * @param output what `applyToLogits` returns, [n, …]
   * @param head the name of the model's last activation
   * @param smoothing how far the target is moved towards no class in particular, in [0, 1)
   * @returns float32 [n], one loss a sample; a person's own may give [], that of the batch
   */
  perSample(output: tf.Tensor, y: tf.Tensor, head: string, smoothing?: tf.Scalar): tf.Tensor;
  /** Whether targets can be smoothed. */
  readonly smooths: boolean;
  /** The name of the metric that belongs to it. */
  readonly measures: "accuracy" | "meanAbsoluteError";
  /** The metric's values over a batch. */
  measure(output: tf.Tensor, y: tf.Tensor, head: string): Total;
  /** The class that each sample is given, [n]; absent where targets are values, undefined where samples are given several. */
  answers?(output: tf.Tensor, head: string): tf.Tensor | undefined;
}

/** What a mean is made of. */
export interface Total {
  /** Of answers that are right it is their number, exactly: float32 counts to 2²⁴. */
  readonly sum: tf.Scalar;
  /** How many values were summed. */
  readonly count: number;
}

/** Keras clips probabilities at this distance from 0 and 1 before the logarithm. */
const epsilon = 1e-7;

/**
 * −log p[label]; smoothed by ε as in PyTorch, (1 − ε) of it and ε times the mean of −log p over all classes. Labels int32 [n]; output [n, classes]: logits behind a softmax or linear head, else what the head
 * makes of it are probabilities, up to a factor a sample.
 */
const crossEntropy: Loss = {
  name: "crossEntropy",
  perSample(output, y, head, smoothing) {
    const isLogits = head === "softmax" || head === "linear";
    const isFused = isLogits && output.rank === 2 && applies("crossEntropy");
    if (isFused && !smoothing) return sparseCrossEntropy(output as tf.Tensor2D, y as tf.Tensor1D);
    const logProbability = isLogits ? tf.logSoftmax(output) : tf.log(normalised(applyHead(output, head)));
    const hard = isFused
      ? sparseCrossEntropy(output as tf.Tensor2D, y as tf.Tensor1D)
      : tf.neg(tf.sum(tf.mul(oneHot(y, output), logProbability), -1));
    if (!smoothing) return hard as tf.Tensor1D;
    const uniform = tf.neg(tf.mean(logProbability, -1));
    return tf.add(hard, tf.mul(smoothing, tf.sub(uniform, hard))) as tf.Tensor1D;
  },
  smooths: true,
  measures: "accuracy",
  measure: (output, y) => totalOf(tf.equal(tf.argMax(output, -1), tf.cast(y, "int32"))),
  answers: (output) => (output.rank === 2 ? tf.argMax(output, -1) : undefined),
};

/** −y·log p − (1−y)·log(1−p), mean over outputs; smoothed as in Keras, y being y·(1 − ε) + ε/2. Labels int32 [n] or float32 [n, k] in [0, 1]. */
const binaryCrossEntropy: Loss = {
  name: "binaryCrossEntropy",
  perSample(output, y, head, smoothing) {
    const given = tf.reshape(tf.cast(y, "float32"), output.shape);
    const target = smoothing ? tf.add(given, tf.mul(smoothing, tf.sub(0.5, given))) : given;
    if (head !== "sigmoid" && head !== "linear") {
      const p = tf.clipByValue(output, epsilon, 1 - epsilon);
      const positive = tf.mul(target, tf.log(p));
      const negative = tf.mul(tf.sub(1, target), tf.log(tf.sub(1, p)));
      return rowMean(tf.neg(tf.add(positive, negative)));
    }
    // max(z, 0) − z·y + log(1 + e^−|z|) is the same without overflow.
    const tail = tf.log1p(tf.exp(tf.neg(tf.abs(output))));
    return rowMean(tf.add(tf.sub(tf.relu(output), tf.mul(output, target)), tail));
  },
  smooths: true,
  measures: "accuracy",
  measure(output, y, head) {
    const target = tf.reshape(tf.cast(y, "float32"), output.shape);
    return totalOf(tf.equal(saysYes(output, head), tf.greater(target, 0.5)));
  },
  answers: (output, head) =>
    output.size === output.shape[0] ? tf.reshape(saysYes(output, head), [output.size]) : undefined,
};

function saysYes(output: tf.Tensor, head: string): tf.Tensor {
  return tf.greater(output, head === "sigmoid" || head === "linear" ? 0 : 0.5);
}

/** Mean over outputs of (output − y)². Behind a sigmoid or softmax head the head is applied first. */
const meanSquaredError: Loss = {
  name: "meanSquaredError",
  perSample(output, y, head) {
    const target = tf.reshape(tf.cast(y, "float32"), output.shape);
    return rowMean(tf.square(tf.sub(applyHead(output, head), target)));
  },
  smooths: false,
  measures: "meanAbsoluteError",
  measure(output, y, head) {
    const target = tf.reshape(tf.cast(y, "float32"), output.shape);
    return totalOf(tf.abs(tf.sub(applyHead(output, head), target)));
  },
};

export const losses: Readonly<Record<LossName, Loss>> = {
  crossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
};

/**
 * Σ weightᵢ·lossᵢ / n over the batch, a scalar.
 *
 * @throws TypeError for weights beside one loss of the whole batch.
 */
export function batchLoss(perSample: tf.Tensor, weights: tf.Tensor | undefined): tf.Scalar {
  if (weights && perSample.rank === 0)
    throw new TypeError(
      "training with class weights needs a loss of each sample, [n]; the loss returned one of the batch, []",
    );
  return tf.mean(weights ? tf.mul(perSample, weights) : perSample) as tf.Scalar;
}

function oneHot(y: tf.Tensor, output: tf.Tensor): tf.Tensor {
  return tf.oneHot(y as tf.Tensor1D, output.shape.at(-1) ?? 1).toFloat();
}

function totalOf(values: tf.Tensor): Total {
  return { sum: tf.sum(values.toFloat()) as tf.Scalar, count: values.size };
}

function rowMean(x: tf.Tensor): tf.Tensor1D {
  return (x.rank === 1 ? x : tf.mean(tf.reshape(x, [x.shape[0] as number, -1]), 1)) as tf.Tensor1D;
}

/** Probabilities that sum to 1, clipped away from 0. */
function normalised(output: tf.Tensor): tf.Tensor {
  return tf.clipByValue(tf.div(output, tf.sum(output, -1, true)), epsilon, 1);
}
