import { expect, it } from "vitest";
import { capture } from "../../../../src/native/capture/capture.js";
import { heldBack } from "../../../../src/native/capture/heldBack.js";
import { tf } from "../../../../src/native/index.js";

const x = tf.tensor1d([1, 2]);

it("has the tensor's values, captured or not", () => {
  const twice = (of: tf.Tensor) => tf.add(of, heldBack(of, [tf.exp(of)]));
  expect(Array.from(capture(twice)(x).dataSync())).toEqual([2, 4]);
  expect(Array.from(twice(x).dataSync())).toEqual([2, 4]);
});

it("is computed after the others, and what is made of it apart from what is made of the tensor", () => {
  const made = (of: tf.Tensor) => [tf.exp(of), tf.exp(of), tf.exp(heldBack(of, [tf.sin(of)]))];
  const { after } = capture(made).explain(x);
  expect(after.filter(({ name }) => name === "Exp")).toHaveLength(2);
  // Nobody reads the sine.
  expect(after.filter(({ name }) => name === "Sin")).toHaveLength(1);
});
