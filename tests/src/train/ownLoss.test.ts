import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { batchLoss, losses } from "../../../src/train/loss.js";
import { type OwnLoss, ownLoss } from "../../../src/train/ownLoss.js";

const { crossEntropy, binaryCrossEntropy, meanSquaredError } = losses;
const logits = tf.tensor2d([
  [1, -2, 0.5],
  [0.2, 0.4, -1],
]);
const labels = tf.tensor1d([2, 0], "int32");
/** What the function is given, as it was given it. */
const givenTo = (like: typeof crossEntropy, output: tf.Tensor, y: tf.Tensor, head: string) => {
  let seen: tf.Tensor[] = [];
  const looks: OwnLoss = (...tensors) => {
    seen = tensors;
    return tf.zeros([2]);
  };
  ownLoss(looks, like).perSample(output, y, head);
  return seen.map((tensor) => [tensor.dtype, tensor.shape, [...tensor.dataSync()]]);
};

describe("a loss of a person's own is given", () => {
  it("one-hot labels and what the model puts out, beside several outputs", () => {
    const [target, output] = givenTo(crossEntropy, logits, labels, "softmax");
    expect(target).toEqual(["float32", [2, 3], [0, 0, 1, 1, 0, 0]]);
    const probabilities = [...tf.softmax(logits).dataSync()];
    expect(output).toEqual(["float32", [2, 3], probabilities]);
    expect(givenTo(crossEntropy, logits, labels, "linear")[1]).toEqual([
      "float32",
      [2, 3],
      [...logits.dataSync()],
    ]);
  });

  it("targets of the output's shape beside a single output, so that no difference is a table", () => {
    const single = tf.tensor2d([[0], [2]]);
    const [target, output] = givenTo(binaryCrossEntropy, single, tf.tensor1d([1, 0], "int32"), "sigmoid");
    expect(target).toEqual(["float32", [2, 1], [1, 0]]);
    expect(output?.[2]).toEqual([...tf.sigmoid(single).dataSync()]);
    expect(givenTo(meanSquaredError, single, tf.tensor1d([3, 4]), "linear")[0]).toEqual([
      "float32",
      [2, 1],
      [3, 4],
    ]);
  });
});

describe("what it returns", () => {
  const returning = (value: unknown) =>
    ownLoss((() => value) as OwnLoss, crossEntropy).perSample(logits, labels, "softmax");

  it("may have a loss for each sample, or several, whose mean counts, or one for all", () => {
    expect([...returning(tf.tensor1d([1, 2])).dataSync()]).toEqual([1, 2]);
    const several = tf.tensor3d([
      [
        [1, 2],
        [3, 6],
      ],
      [
        [0, 0],
        [0, 2],
      ],
    ]);
    expect([...returning(several).dataSync()]).toEqual([3, 0.5]);
    const one = returning(tf.scalar(7));
    expect([batchLoss(one, undefined).dataSync()[0], one.rank]).toEqual([7, 0]);
    expect(returning(tf.tensor1d([true, false], "bool")).dtype).toBe("float32");
  });

  it("is refused where it fits no batch of two, or is no tensor", () => {
    const needs =
      /^in loss "own", at .*: a loss needs to return a tensor of the losses of 2 samples, \[2\] or \[2, …\], or a scalar; it returned /;
    for (const [value, told] of [
      [tf.ones([3]), /\[3\]$/],
      [1, /1$/],
      [undefined, /undefined$/],
    ] as const) {
      expect(() => returning(value)).toThrow(TypeError);
      expect(() => returning(value)).toThrow(needs);
      expect(() => returning(value)).toThrow(told);
    }
    expect(() => batchLoss(returning(tf.scalar(1)), tf.ones([2]))).toThrow(
      "training with class weights needs a loss of each sample, [n]; the loss returned one of the batch, []",
    );
  });

  it("throws with its name and line", () => {
    const wrong: OwnLoss = (target) => tf.add(target, tf.ones([5]));
    const { perSample } = ownLoss(wrong, crossEntropy);
    expect(() => perSample(logits, labels, "softmax")).toThrow(
      /^in loss "wrong", at tests\/src\/train\/ownLoss\.test\.ts:\d+:\d+: Add\(float32\[2,3\], float32\[5\]\)/,
    );
  });
});
