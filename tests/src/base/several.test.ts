import { expect, it } from "vitest";
import { inOrder } from "../../../src/base/several.js";

const asked = { who: "fit", what: "a loss", of: "outputs" };

it("takes a list in order, and an object by name, in whatever order it is", () => {
  expect(inOrder([1, 2], ["a", "b"], asked)).toEqual([1, 2]);
  expect(inOrder({ b: 2, a: 1 }, ["a", "b"], asked)).toEqual([1, 2]);
  // An object puts names that are whole numbers first.
  expect(inOrder({ 10: "ten", 2: "two" }, ["10", "2"], asked)).toEqual(["ten", "two"]);
});

it("leaves out what an object does not name", () => {
  expect(inOrder({ b: 2 }, ["a", "b", "toString"], asked)).toEqual([undefined, 2, undefined]);
});

it("refuses a list of another length and an unknown name, with the nearest", () => {
  const known = 'fit needs a loss for each of the outputs "score", "kind"; it was given';
  expect(() => inOrder([1], ["score", "kind"], asked)).toThrow(new TypeError(`${known} a list of 1`));
  expect(() => inOrder({ scroe: 1 }, ["score", "kind"], asked)).toThrow(
    new RangeError(`${known} one for "scroe", the nearest is "score"`),
  );
  expect(() => inOrder({ other: 1 }, ["score", "kind"], asked)).toThrow(
    new RangeError(`${known} one for "other"`),
  );
});
