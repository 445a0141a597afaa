import { describe, expect, it } from "vitest";
import { nextOrder, type RowOrder, sortedRows } from "../../../../src/board/web/sortedRows.js";

const rows = [
  ["b", 10],
  ["a10", undefined],
  ["a9", -2],
  ["b", Number.NaN],
  ["", 2],
] as const;
const firsts = (order: RowOrder | undefined) => sortedRows(rows, order).map(([, second]) => second);

describe("sortedRows", () => {
  it("sorts numbers by their size, with what is no number last either way", () => {
    expect(firsts({ column: 1, direction: "ascending" })).toEqual([-2, 2, 10, undefined, Number.NaN]);
    expect(firsts({ column: 1, direction: "descending" })).toEqual([10, 2, -2, undefined, Number.NaN]);
  });

  it("sorts texts by the numbers in them, and keeps equal ones as they were", () => {
    expect(firsts({ column: 0, direction: "ascending" })).toEqual([-2, undefined, 10, Number.NaN, 2]);
    expect(firsts({ column: 0, direction: "descending" })).toEqual([10, Number.NaN, undefined, -2, 2]);
  });

  it("is as it came without an order", () => expect(sortedRows(rows, undefined)).toBe(rows));
});

it("goes on from rising to falling and back, for each column anew", () => {
  const rising = nextOrder(undefined, 1);
  expect(rising).toEqual({ column: 1, direction: "ascending" });
  const falling = nextOrder(rising, 1);
  expect(falling).toEqual({ column: 1, direction: "descending" });
  expect(nextOrder(falling, 1)).toBeUndefined();
  expect(nextOrder(falling, 0)).toEqual({ column: 0, direction: "ascending" });
});
