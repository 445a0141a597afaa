import { expect, it } from "vitest";
import { checkPrecision, slowerHere } from "../../../src/train/precision.js";

it("refuses bfloat16 where it is slower, and says what it needs", () => {
  expect(() => checkPrecision("bfloat16", () => "oneDNN, which is off here")).toThrow(
    new RangeError('precision "bfloat16" is slower than "float32" here: it needs oneDNN, which is off here'),
  );
  checkPrecision("bfloat16", () => undefined);
  checkPrecision("float16", () => "a GPU");
});

it("does not ask for float32", () => {
  checkPrecision("float32", () => {
    throw new Error("was asked");
  });
});

it("says what is faster than float16", () => {
  const lacks = (type: string) => (type === "float16" ? "a GPU" : undefined);
  expect(slowerHere("float16", lacks)).toBe(
    'precision "float16" is slow here, where "bfloat16" or "float32" is faster: it needs a GPU',
  );
  expect(slowerHere("float16", () => "a GPU")).toContain('where "float32" is faster');
  expect(slowerHere("float16", () => undefined)).toBeUndefined();
  expect(slowerHere("bfloat16", lacks)).toBeUndefined();
});
