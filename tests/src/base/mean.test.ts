import { expect, test } from "vitest";
import { mean } from "../../../src/base/mean.js";

test("the mean is that of all numbers, in whatever list they are", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float32Array.of(0.5, 1))).toBe(0.75);
});

test("there is none of no numbers, nor where one is none", () => {
  expect(mean([])).toBeNaN();
  expect(mean([1, Number.NaN])).toBeNaN();
});
