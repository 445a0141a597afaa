import { describe, expect, test } from "vitest";
import { updateRatio } from "../../../../src/doctor/rules/updateRatio.js";
import { bad, good, type OutputsRun, outputsRun } from "./outputsRun.js";

function verdictOf(first: readonly number[], run: OutputsRun = {}) {
  const series = {
    "gradientL2/dense_1/kernel": first.map(() => 1),
    "gradientL2/dense_2/kernel": first.map(() => 1),
    "updateRatio/dense_1/kernel": first,
    "updateRatio/dense_2/kernel": first.map(() => 1e-3),
  };
  const config = { learningRate: 0.1 };
  const made = outputsRun({ activations: ["relu", "softmax"], epochs: bad, config, series, ...run });
  const judgement = updateRatio.judge(made);
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("UpdateRatio", () => {
  test("remarks a kernel that hardly moves, and raises the rate by decades", () => {
    expect(verdictOf([1e-2, 9e-5, 9e-5, 9e-5])).toMatchObject({
      severity: "info",
      layer: "dense_1",
      step: 20,
      evidence: [{ value: 9e-5, threshold: 1e-4, crossed: "below", tag: "updateRatio/dense_1/kernel" }],
      prescription: [{ change: { fit: { learningRate: 1 } } }, {}],
      mayFollow: expect.arrayContaining(["LearningRateTooLow", "VanishingGradient"]),
    });
    expect(verdictOf([1.1e-4, 1.1e-4, 1.1e-4])).toBe("healthy");
    expect(verdictOf([0, 0, 0])).toMatchObject({
      prescription: [{ change: { fit: { learningRate: 10 } } }, {}],
    });
  });

  test("remarks a kernel that is thrown about", () => {
    expect(verdictOf([0.11, 0.11, 0.5])).toMatchObject({
      evidence: [{ threshold: 0.1, crossed: "above" }],
      prescription: [{ change: { fit: { learningRate: 0.001 } } }, {}],
      mayFollow: expect.arrayContaining(["LearningRateTooHigh"]),
    });
    expect(verdictOf([0.09, 0.09, 0.5])).toBe("healthy");
  });

  test("says nothing of a run that learns, and needs three sampled steps", () => {
    expect(verdictOf([1e-6, 1e-6, 1e-6], { epochs: good })).toBe("healthy");
    expect(verdictOf([1e-6, 1e-6, 1e-6], { epochs: {} })).toMatchObject({ severity: "info" });
    expect(verdictOf([1e-6, 1e-6])).toBe("notEnough");
  });
});
