import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { clipByGlobalNorm } from "../../../../src/train/step/clip.js";

const clipped = (...gradients: number[][]) =>
  clipByGlobalNorm(
    gradients.map((values) => tf.tensor1d(values)),
    tf.scalar(1),
  ).map((gradient) => [...gradient.dataSync()]);

it("scales to the norm, and leaves what is below it", () => {
  const [a, b] = clipped([3, 0], [4]);
  expect(a?.[0]).toBeCloseTo(0.6, 6);
  expect(b?.[0]).toBeCloseTo(0.8, 6);
  expect(clipped([0.5], [-0.25])).toEqual([[0.5], [-0.25]]);
});

it.each([Number.POSITIVE_INFINITY, Number.NaN, 1e30])(
  "makes all NaN where one is %s, whose norm is not finite",
  (value) => {
    expect(clipped([1, value], [2])).toEqual([[Number.NaN, Number.NaN], [Number.NaN]]);
  },
);
