import { readFileSync } from "node:fs";
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

it.each([Number.POSITIVE_INFINITY, Number.NaN])(
  "makes all NaN where one is %s, whose norm is not finite",
  (value) => {
    expect(clipped([1, value], [2])).toEqual([[Number.NaN, Number.NaN], [Number.NaN]]);
  },
);

interface Case {
  name: string;
  maxNorm: number;
  gradients: number[][];
  clipped: number[][];
}

const oracle: Case[] = JSON.parse(
  readFileSync(new URL("../../../oracles/train/clipByGlobalNorm.json", import.meta.url), "utf8"),
);

it.each(oracle)("equals NumPy in float64: $name", ({ maxNorm, gradients, clipped: expected }) => {
  const tensors = gradients.map((values) => tf.tensor1d(values));
  const result = clipByGlobalNorm(tensors, tf.scalar(maxNorm)).map((values) => [...values.dataSync()]);
  for (const [i, values] of result.entries())
    for (const [j, value] of values.entries()) {
      const wanted = expected[i]?.[j] ?? Number.NaN;
      // TensorFlow takes what is below the least normal float32 for 0.
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2e-6 * Math.abs(wanted) + 2 ** -126);
    }
});
