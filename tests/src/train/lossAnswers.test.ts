import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { losses } from "../../../src/train/loss.js";
import { lossAnswers } from "../../../src/train/lossAnswers.js";
import { type OwnLoss, ownLoss } from "../../../src/train/ownLoss.js";

const clipped = (p: tf.Tensor) => tf.clipByValue(p, 1e-7, 1 - 1e-7);
const own: Readonly<Record<string, OwnLoss>> = {
  crossEntropy: (target, output) => tf.neg(tf.sum(tf.mul(target, tf.log(clipped(output))), -1)),
  /** As Keras takes what are to be probabilities: parts of their sum. */
  normalised: (target, output) =>
    tf.neg(tf.sum(tf.mul(target, tf.log(clipped(tf.div(output, tf.sum(output, -1, true))))), -1)),
  bare: (target, output) => tf.neg(tf.sum(tf.mul(target, tf.log(output)), -1)),
  logits: (target, output) => tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(output)), -1)),
  squared: (target, output) => tf.squaredDifference(target, output),
  absolute: (target, output) => tf.abs(tf.sub(target, output)),
  hinge: (target, output) => tf.relu(tf.sub(1, tf.mul(tf.sub(tf.mul(target, 2), 1), output))),
  binaryLogits: (target, output) =>
    tf.add(tf.sub(tf.relu(output), tf.mul(output, target)), tf.log1p(tf.exp(tf.neg(tf.abs(output))))),
  negated: (target, output) => tf.sum(tf.mul(target, tf.log(clipped(output))), -1),
  similarity: (target, output) => tf.neg(tf.squaredDifference(target, output)),
};

const answers = (name: string, units = 3) => {
  const like = losses[units === 1 ? "binaryCrossEntropy" : "crossEntropy"];
  const target = { kind: "classes", classes: Math.max(2, units) } as const;
  return lossAnswers(ownLoss(own[name] as OwnLoss, like), { units, target });
};

describe("a loss of a person's own", () => {
  it("takes its output for probabilities where it is a logarithm of it", () => {
    for (const name of ["crossEntropy", "normalised", "bare"])
      expect(answers(name)).toEqual({ flipped: false, hasSoftmax: false, needsProbabilities: true });
  });

  it("has a softmax in it where it is the same for outputs that grew alike", () => {
    expect(answers("logits")).toEqual({ flipped: false, hasSoftmax: true, needsProbabilities: false });
  });

  it("takes any numbers as distances and margins do", () => {
    const any = { flipped: false, hasSoftmax: false, needsProbabilities: false };
    for (const name of ["squared", "absolute", "hinge", "binaryLogits"])
      for (const units of [1, 2, 10]) expect([name, units, answers(name, units)]).toEqual([name, units, any]);
  });

  it("is flipped where it is lower for what is further from the target", () => {
    expect(answers("negated")).toMatchObject({ flipped: true });
    expect(answers("similarity")).toMatchObject({ flipped: true });
    expect(answers("similarity", 1)).toMatchObject({ flipped: true });
  });

  it("is not asked about values, nor where it throws", () => {
    const throws = ownLoss(() => {
      throw new Error("no such thing");
    }, losses.crossEntropy);
    const of = { units: 3, target: { kind: "classes", classes: 3 } } as const;
    const before = tf.memory().numTensors;
    expect(lossAnswers(throws, of)).toBeUndefined();
    const values = { units: 3, target: { kind: "values" } } as const;
    expect(lossAnswers(ownLoss(own.squared as OwnLoss, losses.meanSquaredError), values)).toBeUndefined();
    expect(tf.memory().numTensors).toBe(before);
  });
});
