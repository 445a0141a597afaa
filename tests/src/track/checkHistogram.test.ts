import { expect, test } from "vitest";
import { checkHistogram } from "../../../src/track/checkHistogram.js";

const histogram = (edges: number[], counts: number[], sampledFrom?: number) => ({
  edges: Float64Array.from(edges),
  counts: Float64Array.from(counts),
  ...(sampledFrom !== undefined && { sampledFrom }),
});

test.each([
  [histogram([], [])],
  [histogram([0, 1], [3])],
  [histogram([0, 0, 1], [2, 0.5], 1)],
  [histogram([0, 0], [4])],
])("takes %j", (given) => {
  checkHistogram("h", given);
});

test.each([
  [histogram([0, 1], [1, 2]), "there must be one edge more than counts; got 2 edges and 2 counts"],
  [histogram([1, 0], [1]), "edges must be finite and must not fall; got 0"],
  [histogram([0, Number.NaN], [1]), "edges must be finite and must not fall; got NaN"],
  [histogram([0, 1], [-1]), "counts must be finite and not negative; got -1"],
  [histogram([0, 1], [1], 0.5), "sampledFrom must be a whole number of at least 1; got 0.5"],
])("of %j says %s", (given, message) => {
  expect(() => checkHistogram("h", given)).toThrow(new RangeError(`histogram "h": ${message}`));
});

test.each([
  [[1, 2, 3], "a list"],
  [undefined, "undefined"],
  [{ counts: [1] }, "object"],
])("takes %j for no histogram", (given, said) => {
  expect(() => checkHistogram("h", given as never)).toThrow(
    new TypeError(`histogram "h": it must be { edges, counts }, one edge more than counts; got ${said}`),
  );
});
