import { describe, expect, test } from "vitest";
import { notFinite } from "../../../../src/doctor/rules/notFinite.js";
import { type OutputsRun, outputsRun } from "./outputsRun.js";

function verdictOf(run: OutputsRun) {
  const judgement = notFinite.judge(outputsRun({ activations: ["relu", "tanh", "softmax"], ...run }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const nan = Number.NaN;

describe("NotFinite", () => {
  test("names the step at which the loss is none first, and counts such losses", () => {
    expect(verdictOf({ stepLoss: [2, 1, nan, nan] })).toMatchObject({
      severity: "error",
      step: 2,
      message: "The loss is NaN at step 2: nothing is learnt from there on.",
      evidence: [{ value: 2, threshold: 0, crossed: "above", tag: "train/loss" }],
    });
    expect(verdictOf({ stepLoss: [2, Number.NEGATIVE_INFINITY] })).toMatchObject({ step: 1 });
    expect(verdictOf({ epochs: { loss: [1, nan] } })).toMatchObject({ epoch: 2 });
    expect(verdictOf({ epochs: { loss: [1, 0.5], valLoss: [1, nan] } })).toMatchObject({
      message: "The loss on validation is NaN at epoch 2: nothing is learnt from there on.",
    });
  });

  test("names the layer where it begins: the first of weights and outputs, the last of gradients", () => {
    const gradients = {
      "gradientNonFinite/dense_2/kernel": [0, 4],
      "gradientNonFinite/dense_1/kernel": [0, 7],
    };
    expect(verdictOf({ series: gradients })).toMatchObject({
      step: 20,
      layer: "dense_2",
      evidence: [{ value: 4, tag: "gradientNonFinite/dense_2/kernel" }],
      prescription: [{ text: expect.stringContaining("logarithm") }, {}, {}, {}],
    });
    const outputs = { "activationNonFinite/dense_2": [0, 1], "activationNonFinite/dense_1": [0, 2] };
    expect(verdictOf({ series: { ...gradients, ...outputs } })).toMatchObject({
      layer: "dense_1",
      message: "Outputs of dense_1 are NaN or infinite at step 20: nothing is learnt from there on.",
      prescription: [{ text: expect.stringContaining("inputs and targets") }, {}, {}, {}],
    });
    const weights = { "weightNonFinite/dense_2/kernel": [0, 1] };
    expect(verdictOf({ series: { ...gradients, ...outputs, ...weights } })).toMatchObject({
      layer: "dense_2",
      message: "Weights of dense_2 are NaN or infinite at step 20: nothing is learnt from there on.",
    });
  });

  test("takes the loss where it comes before what was sampled", () => {
    const series = { "gradientNonFinite/dense_1/kernel": [0, 4] };
    expect(verdictOf({ series, stepLoss: [1, 1, nan] })).toMatchObject({
      step: 2,
      evidence: [{ tag: "train/loss" }],
    });
  });

  test("warns where losses are finite again, and lets a scaled loss overflow", () => {
    const stepLoss = Array.from({ length: 60 }, () => 1);
    const series = { "gradientNonFinite/dense_1/kernel": [3, 0, 0] };
    expect(verdictOf({ series, stepLoss })).toMatchObject({ severity: "warning", step: 0 });
    expect(verdictOf({ series: { ...series, "train/lossScale": [4, 2, 2] }, stepLoss })).toBe("healthy");
    expect(verdictOf({ series: { "train/lossScale": [4, 2, 2] }, stepLoss: [1, nan, 1] })).toMatchObject({
      severity: "warning",
    });
  });

  test("is healthy of finite numbers, and needs some", () => {
    expect(verdictOf({ stepLoss: [2, 1, 0] })).toBe("healthy");
    expect(verdictOf({ epochs: { loss: [2, 1] } })).toBe("healthy");
    expect(verdictOf({})).toBe("notEnough");
  });
});
