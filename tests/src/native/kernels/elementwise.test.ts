import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

it("gives what is not a number no sign, of any shape", () => {
  const x = tf.tensor2d([-2, Number.NaN, 0, Number.POSITIVE_INFINITY], [2, 2]);
  expect(tf.sign(x).arraySync()).toEqual([
    [-1, 0],
    [0, 1],
  ]);
  expect(tf.sign(tf.scalar(Number.NaN)).arraySync()).toBe(0);
  expect(tf.sign(tf.tensor1d([-5, 0, 7], "int32")).arraySync()).toEqual([-1, 0, 1]);
});

it("steps whole numbers, with a slope for those below 0", () => {
  const result = tf.step(tf.tensor1d([-5, 0, 7], "int32"), 2);
  expect([result.dtype, Array.from(result.dataSync())]).toEqual(["int32", [2, 2, 1]]);
});
