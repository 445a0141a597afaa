import { expect, it } from "vitest";
import { checkPrecision } from "../../../src/train/precision.js";

it("refuses bfloat16 where it is slower, and says what it needs", () => {
  expect(() => checkPrecision("bfloat16", () => "oneDNN, which is off here")).toThrow(
    new RangeError('precision "bfloat16" is slower than "float32" here: it needs oneDNN, which is off here'),
  );
  checkPrecision("bfloat16", () => undefined);
});

it("does not ask for float32", () => {
  checkPrecision("float32", () => {
    throw new Error("was asked");
  });
});
