import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

it("traces, and refuses labels that no input has", () => {
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  expect(tf.einsum("ii->", x).arraySync()).toBe(5);
  expect(tf.einsum("ij,jk->ik", x, x).arraySync()).toEqual([
    [7, 10],
    [15, 22],
  ]);
  expect(() => tf.einsum("ij,jk->in", x, x)).toThrow(RangeError);
});
