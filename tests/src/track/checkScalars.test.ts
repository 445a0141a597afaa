import { expect, test } from "vitest";
import { tf } from "../../../src/native/index.js";
import { checkScalars, checkStep } from "../../../src/track/checkScalars.js";

test("counts numbers, NaN and infinities too", () => {
  expect(checkScalars({ a: 1, b: Number.NaN, c: Number.NEGATIVE_INFINITY })).toBe(3);
  expect(checkScalars({})).toBe(0);
});

test.each([
  ["loss", 'log: values stand with their tags, such as log({ loss: 0.3 }, 12); got "loss"'],
  [null, "log: values stand with their tags, such as log({ loss: 0.3 }, 12); got null"],
  [{ a: 1, b: "2" }, 'log "b": a value must be a number; got "2"'],
  [{ a: null }, 'log "a": a value must be a number; got null'],
  [
    { a: tf.scalar(1) },
    'log "a": a value must be a number; got a tensor, whose number is (await tensor.data())[0]',
  ],
])("refuses %j", (values, message) => {
  expect(() => checkScalars(values as never)).toThrow(new TypeError(message));
});

test("a step is a whole number from 0 on", () => {
  checkStep("log", 0);
  for (const step of [-1, 0.5, Number.NaN, 2 ** 60]) expect(() => checkStep("log", step)).toThrow(RangeError);
});
