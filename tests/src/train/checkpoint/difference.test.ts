import { expect, test } from "vitest";
import { difference } from "../../../../src/train/checkpoint/difference.js";

test.each([
  [{ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 }, undefined],
  [{ b: [2, { c: 3 }] }, { b: [2, { c: 4 }] }, { path: "at.b[1].c", had: "3", has: "4" }],
  [[1, 2], [1], { path: "at.length", had: "2", has: "1" }],
  [{ a: 1 }, {}, { path: "at.a", had: "1", has: "null" }],
  [{}, { a: false }, { path: "at.a", had: "null", has: "false" }],
  [undefined, null, undefined],
  [Number.POSITIVE_INFINITY, null, { path: "at", had: '{"$number":"Infinity"}', has: "null" }],
  [Number.NaN, Number.NaN, undefined],
  [[1], { 0: 1 }, { path: "at", had: "[1]", has: '{"0":1}' }],
])("of %j and %j", (had, has, expected) => {
  expect(difference(had, has, "at")).toEqual(expected);
});
