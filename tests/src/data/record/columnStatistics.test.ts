import { expect, test } from "vitest";
import { columnStatistics } from "../../../../src/data/record/columnStatistics.js";
import { expected, expectStatistics, floats } from "./expected.js";

test.each(["table", "images"] as const)("statistics of %s are those of NumPy", (name) => {
  const { values, all, columns } = expected[name];
  const found = columnStatistics(floats(values), columns.length);
  expect(found.columns.map(({ column }) => column)).toEqual(columns.map((_, i) => i));
  for (const [i, column] of found.columns.entries()) expectStatistics(column, columns[i]!);
  expectStatistics(found.all, all);
});

test("a column without a finite value counts them, and is left out of the whole", () => {
  const found = columnStatistics(Float32Array.of(Number.NaN, 2, Infinity, 4), 2);
  expect(found.columns[0]).toEqual({
    ...{ column: 0, count: 0, nonFinite: 2 },
    ...{ mean: 0, std: 0, min: 0, max: 0, zeros: 0 },
  });
  expect(found.all).toMatchObject({ count: 2, mean: 3, std: 1, min: 2, max: 4, nonFinite: 2 });
});
