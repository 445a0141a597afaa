import { expect, it } from "vitest";
import { rateForBatch } from "../../../src/optim/index.js";

it("times the root of the batch's growth, or the growth", () => {
  expect(rateForBatch(1e-3, { from: 64, to: 256 })).toBe(2e-3);
  expect(rateForBatch(0.1, { from: 256, to: 64, rule: "linear" })).toBe(0.025);
});

it.each([
  [() => rateForBatch(-1, { from: 1, to: 1 }), /learningRate must be at least 0/],
  [() => rateForBatch(1, { from: 0, to: 1 }), /from must be at least 1/],
  [() => rateForBatch(1, { from: 1, to: 1.5 }), /to must be a whole number/],
  [
    () => rateForBatch(1, { from: 1, to: 2, rule: "sqrt" as never }),
    /squareRoot or linear, but was given "sqrt"/,
  ],
])("%s", (call, message) => {
  expect(call).toThrowError(message);
});
