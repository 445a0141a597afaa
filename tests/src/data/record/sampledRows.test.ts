import { expect, test } from "vitest";
import { sampledRows } from "../../../../src/data/record/sampledRows.js";

test("all rows where they are few", () => {
  expect([...sampledRows(3, 3)]).toEqual([0, 1, 2]);
});

test("one row of each stretch, the same each time", () => {
  const rows = sampledRows(1000, 100);
  expect(rows).toEqual(sampledRows(1000, 100));
  expect(rows.every((row, i) => row >= 10 * i && row < 10 * (i + 1))).toBe(true);
  expect(new Set(rows.map((row) => row % 10)).size).toBeGreaterThan(5);
});
