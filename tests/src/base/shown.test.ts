import { expect, it } from "vitest";
import { shown } from "../../../src/base/shown.js";

it.each([
  ["3", '"3"'],
  ['a "b"', '"a \\"b\\""'],
  [3, "3"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [3n, "3"],
  [null, "null"],
  [undefined, "undefined"],
  [true, "true"],
  [[1, "2"], '[1,"2"]'],
  [{ a: 1 }, '{"a":1}'],
])("shows %o as %s", (value, text) => {
  expect(shown(value)).toBe(text);
});
