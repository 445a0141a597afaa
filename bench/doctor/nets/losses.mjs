// Losses that do not fit the output, as people write them themselves: the library's own would be refused or computed from
// the logits.
import { tf } from "../../../dist/src/index.js";

const smallest = 1e-7;
const logOf = (p) => tf.log(tf.clipByValue(p, smallest, 1 - smallest));

/** Takes whatever comes out for probabilities. */
function crossEntropyOfOutputs(target, output) {
  return tf.neg(tf.sum(tf.mul(target, logOf(output)), -1));
}

/** Rewards what is wrong. */
function negatedCrossEntropy(target, output) {
  return tf.sum(tf.mul(target, logOf(output)), -1);
}

/** Of yes and no, from a probability. */
function binaryCrossEntropyOfOutput(target, output) {
  const no = tf.mul(tf.sub(1, target), logOf(tf.sub(1, output)));
  return tf.neg(tf.add(tf.mul(target, logOf(output)), no));
}

function squaredError(target, output) {
  return tf.squaredDifference(target, output);
}

/** By the names that runs call them. */
export const losses = {
  crossEntropyOfOutputs,
  negatedCrossEntropy,
  binaryCrossEntropyOfOutput,
  squaredError,
};
