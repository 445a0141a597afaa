import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { logGaussMass, logNdtr, truncatedQuantile } from "../../../../src/sweep/samplers/normal.js";

const expected = JSON.parse(
  readFileSync(new URL("../../../oracles/sweep/logErfc.json", import.meta.url), "utf8"),
) as { logNdtr: [number, number][]; logMass: [number, number, number][] };

test.each(expected.logNdtr)("log Φ(%d) equals mpmath's", (x, value) => {
  expect(Math.abs(logNdtr(x) - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value) + 1e-16);
});

test.each(expected.logMass)("log of the mass of [%d, %d] equals mpmath's", (a, b, value) => {
  expect(Math.abs(logGaussMass(a, b) - value)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(value)));
});

test("the quantile is the inverse of the mass, also in far tails", () => {
  for (const [a, b] of [
    [-1, 1],
    [-100, -99],
    [5, 80],
    [-0.01, 3],
    [-8, 0],
  ] as const)
    for (const q of [1e-6, 0.1, 0.5, 0.9, 1 - 1e-6]) {
      const x = truncatedQuantile(q, a, b);
      expect(x).toBeGreaterThan(a);
      expect(x).toBeLessThan(b);
      expect(Math.exp(logGaussMass(a, x) - logGaussMass(a, b))).toBeCloseTo(q, 9);
    }
  expect(truncatedQuantile(0, -2, 3)).toBe(-2);
  expect(truncatedQuantile(1, -2, 3)).toBe(3);
});
