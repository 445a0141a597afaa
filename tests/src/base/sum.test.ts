import { expect, it } from "vitest";
import { sum } from "../../../src/base/sum.js";

it("adds up lists, arrays and whatever gives numbers one by one", () => {
  expect(sum([])).toBe(0);
  expect(sum([1, 2, 3.5])).toBe(6.5);
  expect(sum(Float64Array.of(-1, 1, 4))).toBe(4);
  expect(sum(new Set([1, 2]))).toBe(3);
  expect(sum([1, Number.NaN])).toBeNaN();
});
