import { describe, expect, test } from "vitest";
import { dyingReLU } from "../../../../src/doctor/rules/dyingReLU.js";
import { bad, good, type OutputsRun, outputsRun } from "./outputsRun.js";

const relu = ["relu", "relu", "softmax"];

function verdictOf(run: OutputsRun) {
  const judgement = dyingReLU.judge(outputsRun({ activations: relu, epochs: bad, ...run }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

function dead(first: readonly number[], second: readonly number[] = first.map(() => 0)) {
  return { "activationDead/dense_1": first, "activationDead/dense_2": second };
}

describe("DyingReLU", () => {
  test("fires where most units of a layer are off, and names the first such layer and step", () => {
    const found = verdictOf({ series: dead([0, 0, 0, 0], [0.1, 0.7, 0.7, 0.8]) });
    expect(found).toMatchObject({
      severity: "error",
      layer: "dense_2",
      step: 20,
      message:
        "70 % of units that are 0 in every row of a batch in dense_2, once it had begun: a ReLU that is off has no slope, so nothing turns it on again.",
      evidence: [{ threshold: 60, crossed: "at least", tag: "activationDead/dense_2" }, { what: "accuracy" }],
    });
    expect(verdictOf({ series: dead([0.59, 0.59, 0.59], [0, 0, 0]) })).toBe("healthy");
    expect(verdictOf({ series: dead([0.6, 0.6, 0.6]) })).toMatchObject({ layer: "dense_1", step: 0 });
  });

  test("is silent about units that came back, and about the output", () => {
    expect(verdictOf({ series: dead([1, 1, 0.2, 0.1]) })).toBe("healthy");
    expect(verdictOf({ series: { ...dead([0, 0, 0]), "activationDead/dense_3": [1, 1, 1] } })).toBe(
      "healthy",
    );
  });

  test("takes the rate for the cause of units that die later, the beginning for that of the others", () => {
    expect(verdictOf({ series: dead([1, 1, 1]) })).toMatchObject({
      mayFollow: ["UnnormalizedInput", "BadInitialization"],
      prescription: [{ change: { model: { activation: "selu" } } }, {}, {}, {}, {}, {}],
    });
    expect(verdictOf({ series: dead([0, 1, 1, 1]), config: { learningRate: 0.5 } })).toMatchObject({
      mayFollow: expect.arrayContaining(["ExplodingGradient", "LearningRateTooHigh", "LabelNoise"]),
      prescription: [{ change: { fit: { learningRate: 0.05 } } }, {}, {}, {}, {}],
    });
    expect(verdictOf({ series: dead([1, 1, 1]), resumed: 1 })).toMatchObject({
      mayFollow: expect.arrayContaining(["LearningRateTooHigh"]),
    });
  });

  test("is a remark in a run that learns, a warning where that is not known", () => {
    expect(verdictOf({ series: dead([1, 1, 1]), epochs: good })).toMatchObject({ severity: "info" });
    expect(verdictOf({ series: dead([1, 1, 1]), epochs: {} })).toMatchObject({ severity: "warning" });
  });

  test("asks for all units in batches of less than 16 rows", () => {
    const config = { batchSize: 15 };
    expect(verdictOf({ series: dead([0.9, 0.9, 0.9]), config })).toBe("healthy");
    expect(verdictOf({ series: dead([1, 1, 1]), config })).toMatchObject({ severity: "error" });
    expect(verdictOf({ series: dead([0.9, 0.9, 0.9]), config: { batchSize: 16 } })).toMatchObject({});
  });

  test("judges by outputs of 0, or by biases without a gradient, where units were not recorded", () => {
    const zeros = (share: number) => ({ "activationZero/dense_1": [share, share, share] });
    expect(verdictOf({ series: zeros(0.89) })).toBe("healthy");
    expect(verdictOf({ series: zeros(0.9) })).toMatchObject({ evidence: [{ threshold: 90 }, {}] });
    const biases = (share: number) => ({ "gradientZero/dense_1/bias": [share, share, share] });
    expect(verdictOf({ series: biases(0.69) })).toBe("healthy");
    expect(verdictOf({ series: biases(0.7) })).toMatchObject({ evidence: [{ threshold: 70 }, {}] });
  });

  test("finds nothing where no layer rectifies, and needs three sampled steps where one does", () => {
    expect(verdictOf({ activations: ["tanh", "softmax"] })).toBe("healthy");
    expect(verdictOf({})).toBe("notEnough");
    expect(verdictOf({ series: dead([1, 1]) })).toBe("notEnough");
    expect(verdictOf({ activations: undefined })).toBe("notEnough");
    expect(verdictOf({ activations: undefined, series: dead([1, 1, 1]) })).toMatchObject({
      layer: "dense_1",
    });
    expect(verdictOf({ activations: undefined, series: { "activationZero/dense_1": [1, 1, 1] } })).toBe(
      "notEnough",
    );
  });
});
