import { expect, it } from "vitest";
import { extremes } from "../../../src/base/extremes.js";

it("are what Math.min and Math.max say", () => {
  for (const values of [[], [3], [2, -7, 5], [1, Number.NaN, 2], [-Infinity, 0], [0, -0]])
    expect(extremes(values)).toEqual([Math.min(...values), Math.max(...values)]);
});

it("are found of more values than a call takes arguments", () => {
  expect(extremes(Float64Array.from({ length: 500_000 }, (_, i) => Math.abs(i - 300_000)))).toEqual([
    0, 300_000,
  ]);
});
