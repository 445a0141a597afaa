/** Each of these shapes ends the process where TensorFlow gets it. */
import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { capture, tf } from "../../../src/native/index.js";
import { op } from "../../../src/native/op.js";
import { shapeLacks } from "../../../src/native/shapeLimits.js";

const ones = (rank: number) => Array<number>(rank).fill(1);
const beyond = [2 ** 53 - 1, 2 ** 53 - 1, 0];

it("takes 254 sizes, and a size of 0 before all others", () => {
  for (const shape of [ones(254), [0, 2 ** 53 - 1, 2 ** 53 - 1]]) {
    expect(shapeLacks(shape)).toBeUndefined();
    const id = binding.createTensor(shape, DType.float32, new Float32Array(shape[0] as number));
    expect(binding.handle(id, "a test").shape).toEqual(shape);
    binding.deleteTensor(id);
  }
});

it.each([
  [ones(255), "of at most 254 sizes, but was given 255"],
  [beyond, `of at most 2^62 values, but was given [${beyond.join(", ")}]`],
])("refuses a tensor, %#", (shape, words) => {
  for (const dtype of [DType.float32, DType.string])
    expect(() => binding.createTensor(shape, dtype, [])).toThrow(
      new RangeError(`making a tensor needs a shape ${words}`),
    );
});

it.each([
  [ones(255), "of at most 254 sizes, but was given 255"],
  [beyond, `of at most 2^62 values, but was given [${beyond.join(", ")}]`],
])("refuses an attribute of an op that a capture notes, %#", (shape, words) => {
  const wrong = capture((x: tf.Tensor) => op("EnsureShape", { shapes: { shape } }, [x])[0] as tf.Tensor);
  expect(() => wrong(tf.ones([2]))).toThrow(
    new RangeError(`EnsureShape's attribute shape needs a shape ${words}`),
  );
});

it("takes unknown sizes, after which TensorFlow does not count", () => {
  expect(shapeLacks([-1, 2 ** 53 - 1, 2 ** 53 - 1])).toBeUndefined();
});
