import { expect, test } from "vitest";
import { RowNumbers, withOwnRows } from "../../../../src/train/step/rowNumbers.js";

test("there is room for the batch's three numbers, a loss and an answer of each sample", () => {
  expect(new RowNumbers().for(8).length).toBe(3 + 2 * 8);
});

test("a batch that is no larger than those before takes their array", () => {
  const rows = new RowNumbers();
  const first = rows.for(8);
  expect(rows.for(5)).toBe(first);
  expect(rows.for(9)).not.toBe(first);
});

test("rows of one's own stay as they are when the array is used again", () => {
  const values = Float32Array.of(0, 0, 0, 0.5, 1);
  const result = { loss: 0.5, metrics: {}, totals: {}, rows: { values, from: 3, hasAnswers: true } };
  const own = withOwnRows(result);
  values.fill(9);
  expect(own).toEqual({
    ...result,
    rows: { values: Float32Array.of(0, 0, 0, 0.5, 1), from: 3, hasAnswers: true },
  });
  expect(withOwnRows({ loss: 1, metrics: {}, totals: {} })).toEqual({ loss: 1, metrics: {}, totals: {} });
});
