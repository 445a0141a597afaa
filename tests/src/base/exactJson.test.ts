import { expect, test } from "vitest";
import { exactJson, parseExactJson } from "../../../src/base/exactJson.js";

test("gives back what plain JSON loses", () => {
  const value = {
    numbers: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 0.1, 5e-324, 2 ** 53],
    nested: { nan: Number.NaN, text: "NaN", nothing: null, list: [[-0]] },
  };
  expect(parseExactJson(exactJson(value))).toEqual(value);
  expect(JSON.parse(exactJson({ a: 1, b: [true, "x"] }))).toEqual({ a: 1, b: [true, "x"] });
});
