import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CircleOptions, circle } from "../../../src/data/circle.js";

/** scikit-learn's: tests/oracles/data/sklearn_data.py. */
const { circles } = JSON.parse(
  readFileSync(new URL("../../oracles/data/sklearn_data.json", import.meta.url), "utf8"),
) as { circles: { samples: number; factor: number; x: number[][]; y: number[] }[] };

/** All points of a data set with their labels, in an order that does not depend on chance. */
function pointsOf(set: ReturnType<typeof circle>): number[][] {
  const parts = [set.train, set.validation, set.test].filter((part) => part !== undefined);
  return parts
    .flatMap(({ x, y }) => Array.from(y, (label, i) => [label, x[2 * i] as number, x[2 * i + 1] as number]))
    .sort(inOrder);
}

/** Coordinates that differ by rounding alone are equal here. */
function inOrder(a: readonly number[], b: readonly number[]): number {
  const [one, other] = [a, b].map((point) => point.map((value) => Math.round(value * 1e5)));
  const at = one?.findIndex((value, i) => value !== other?.[i]) ?? -1;
  return at < 0 ? 0 : (one?.[at] as number) - (other?.[at] as number);
}

describe.each(circles)("circle of $samples points and factor $factor", ({ samples, factor, x, y }) => {
  it("has scikit-learn's points without noise", () => {
    const expected = x.map((point, i) => [y[i] as number, ...point]).sort(inOrder);
    const points = pointsOf(circle({ samples, factor, noise: 0, validation: 1 }));
    expect(points.length).toBe(samples);
    points.forEach((point, i) => {
      point.forEach((value, k) => {
        expect(Math.abs(value - (expected[i]?.[k] as number))).toBeLessThan(1e-6);
      });
    });
  });
});

it("adds normal noise of the deviation that was asked for, and draws another for another seed", () => {
  const noise = 0.2;
  const set = circle({ samples: 20_000, noise, seed: 3 });
  const points = pointsOf(set).map(
    ([label, x, y]) => Math.hypot(x as number, y as number) - (label ? 0.5 : 1),
  );
  const outer = points.slice(0, 10_000);
  const mean = outer.reduce((sum, value) => sum + value, 0) / outer.length;
  const deviation = Math.sqrt(outer.reduce((sum, value) => sum + (value - mean) ** 2, 0) / outer.length);
  // Across the circle noise makes the distance a little longer: σ²/2r in the mean.
  expect(Math.abs(mean - noise ** 2 / 2)).toBeLessThan(0.01);
  expect(Math.abs(deviation - noise)).toBeLessThan(0.01);
  expect([...circle({ seed: 3 }).train.x]).toEqual([...circle({ seed: 3 }).train.x]);
  expect([...circle({ seed: 3 }).train.x]).not.toEqual([...circle({ seed: 4 }).train.x]);
});

it("sets 300 of 1,000 aside, in random order of classes", () => {
  const { train, validation, test, classes, inputShape } = circle();
  expect([train.size, validation?.size, test, classes, inputShape]).toEqual([700, 300, undefined, 2, [2]]);
  expect(new Set(train.y.slice(0, 20)).size).toBe(2);
  expect(circle({ validation: 0.2, test: 100 }).test?.size).toBe(100);
});

it.each([
  [{ factor: 1 }, "data.circle needs a factor between 0 and 1; it was given 1"],
  [{ noise: -1 }, "data.circle needs a noise of at least 0; it was given -1"],
  [{ samples: 3 }, "a whole number of at least two for each of 2 classes; it was given 3"],
  [{ sample: 3 }, 'it was given "sample", the nearest is "samples"'],
])("refuses %j", (options, message) => {
  expect(() => circle(options as CircleOptions)).toThrow(message);
});
