import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { tf } from "../../../src/native/index.js";
import { SampleWeights } from "../../../src/train/sampleWeights.js";

const { train } = arrays({
  x: { only: [[0], [1], [2], [3]] },
  y: { kind: [0, 1, 2, 1], score: [0.5, 1.5, 2.5, 3.5] },
});
const numbers = (tensor: tf.Tensor | undefined) => [...(tensor?.dataSync() ?? [])];

it("has those of some samples and of all, of each output", () => {
  const weights = new SampleWeights(train, [Float32Array.of(2, 3, 0.1), undefined]);
  const some = weights.of(Int32Array.of(2, 0, 2));
  expect(numbers(some.weights)).toEqual([Math.fround(0.1), 2, Math.fround(0.1)]);
  expect(some.moreWeights?.map(numbers)).toEqual([[1, 1, 1]]);
  expect(numbers(weights.all.weights)).toEqual([2, 3, Math.fround(0.1), 3]);
  expect(weights.all.moreWeights?.map(numbers)).toEqual([[1, 1, 1, 1]]);
  expect(numbers(some.weights)).toHaveLength(3);
  tf.dispose([some.weights, ...(some.moreWeights ?? [])] as tf.Tensor[]);
  weights.dispose();
});

it("makes those of all samples once, keeps them beyond a tidy, and frees them", () => {
  const { numTensors } = tf.memory();
  const weights = new SampleWeights(train, [undefined, Float32Array.of(2, 3, 4, 5)]);
  expect(tf.memory().numTensors).toBe(numTensors);
  tf.tidy(() => void weights.all);
  expect(weights.all).toBe(weights.all);
  expect(weights.all.weights?.isDisposed).toBe(false);
  expect(tf.memory().numTensors).toBe(numTensors + 2);
  weights.dispose();
  weights.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});
