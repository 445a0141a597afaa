/** A loss that a person wrote, in the form of the library's. */
import { inPlace } from "../native/errorPlace.js";
import { tf } from "../native/index.js";
import { applyHead } from "./head.js";
import type { Loss } from "./loss.js";

/**
 * The losses of a batch.
 *
 * @param target float32, of the output's shape: class labels beside several outputs are one-hot
 * @param output float32 [n, …], what the model itself puts out
 * @returns float32 [n], or [n, …], whose mean over all but the first axis counts; or a scalar, for the whole batch
 */
export type OwnLoss = (target: tf.Tensor, output: tf.Tensor) => tf.Tensor;

/** @param like the library's for the same output and targets: its metric is measured */
export function ownLoss(loss: OwnLoss, { name: plain, measures, measure, answers }: Loss): Loss {
  const name = loss.name === "" ? "own" : loss.name;
  return {
    name,
    own: String(loss),
    smooths: false,
    measures,
    measure,
    ...(answers && { answers }),
    perSample(output, y, head) {
      const answer = applyHead(output, head);
      const target = plain === "crossEntropy" ? oneHot(y, answer) : tf.reshape(y.toFloat(), answer.shape);
      return inPlace({ name: () => `loss "${name}"` }, () =>
        lossesOf(loss(target, answer), answer.shape[0] as number),
      );
    },
  };
}

function lossesOf(given: tf.Tensor, n: number): tf.Tensor {
  if (!(given instanceof tf.Tensor) || (given.rank > 0 && given.shape[0] !== n))
    throw new TypeError(
      `a loss needs to return a tensor of the losses of ${n} samples, [${n}] or [${n}, …], or a scalar; it returned ${given instanceof tf.Tensor ? `[${given.shape}]` : String(given)}`,
    );
  const losses = given.toFloat();
  return losses.rank < 2 ? losses : tf.mean(tf.reshape(losses, [n, -1]), 1);
}

function oneHot(labels: tf.Tensor, output: tf.Tensor): tf.Tensor {
  return tf.oneHot(labels as tf.Tensor1D, output.shape.at(-1) as number).toFloat();
}
