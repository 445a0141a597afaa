import { expect, test } from "vitest";
import { addTotals, type GrowingTotals, meansOf } from "../../../src/train/totals.js";

test("adds metric by metric, those that are new too, and keeps what was added as it is", () => {
  const totals: GrowingTotals = {};
  const first = { accuracy: { sum: 3, count: 4 } };
  addTotals(totals, first);
  addTotals(totals, { accuracy: { sum: 1, count: 1 }, topThree: { sum: 2, count: 2 } });
  expect(totals).toEqual({ accuracy: { sum: 4, count: 5 }, topThree: { sum: 2, count: 2 } });
  expect(first).toEqual({ accuracy: { sum: 3, count: 4 } });
});

test("means are quotients of the sums", () => {
  expect(meansOf({ accuracy: { sum: 1, count: 3 }, error: { sum: 5, count: 2 } })).toEqual({
    accuracy: 1 / 3,
    error: 2.5,
  });
  expect(meansOf({})).toEqual({});
});
