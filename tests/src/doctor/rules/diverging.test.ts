import { expect, test } from "vitest";
import { diverging } from "../../../../src/doctor/rules/diverging.js";
import { madeRun } from "./series.js";

function judge(loss: number[], more: Parameters<typeof madeRun>[0] = {}) {
  const judgement = diverging.judge(madeRun({ epochs: { loss }, ...more }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

test("Diverging fires on a loss that ends at twice its minimum, and names that epoch", () => {
  expect(judge([1, 0.4, 0.8, 0.9, 0.81])).toMatchObject({
    problem: "Diverging",
    epoch: 2,
    evidence: [{ value: 2, threshold: 2, tag: "epoch/loss" }],
  });
  expect(judge([1, 0.4, 0.79, 0.9, 0.81])).toBe("healthy");
  expect(judge([1, 0.8, 0.4, 0.8, 0.9])).toBe("healthy");
});

test("Diverging is silent on twice a loss near 0, on a warm restart and on a negative loss", () => {
  expect(judge([1, 0.01, 0.05, 0.05, 0.05])).toBe("healthy");
  expect(judge([1, 0.4, 0.81, 0.9, 0.81], { learningRate: [0.1, 0.01, 0.1, 0.05, 0.01] })).toBe("healthy");
  expect(judge([1, 0.4, 1.1, 1.2, 1.3], { learningRate: [0.1, 0.01, 0.1, 0.05, 0.01] })).toMatchObject({
    epoch: 2,
  });
  expect(judge([-1, -4, -2, -1, -1])).toBe("healthy");
});

test("Diverging says what is missing", () => {
  expect(judge([1, 2, 3, 4])).toBe("notEnough");
  expect(judge([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN])).toBe("notEnough");
});
