import { describe, expect, test } from "vitest";
import { explodingGradient } from "../../../../src/doctor/rules/explodingGradient.js";
import { outputsRun } from "./outputsRun.js";
import { madeRun, repeat } from "./series.js";

const failing = { accuracy: [0.1, 0.1, 0.1], loss: [2.3, 2.3, 2.3] };

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = explodingGradient.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("ExplodingGradient", () => {
  test("names the step at which a loss that grew is NaN, without gradients too", () => {
    expect(judge({ stepLoss: [2, 3, 4.1, Number.NaN, Number.NaN] })).toMatchObject({
      severity: "error",
      step: 3,
      evidence: [
        { value: 2, threshold: 0 },
        { value: 4.1, threshold: 4, tag: "train/loss" },
      ],
    });
    expect(judge({ stepLoss: [2, 3, 4.1, Number.NaN, 2] })).toMatchObject({ severity: "warning", step: 3 });
    expect(judge({ epochs: { loss: [2, 1] } })).toBe("notEnough");
  });

  test("names the first layer whose outputs are too large for what became of them", () => {
    const nan = { "activationNonFinite/dense_2": [3], "activationMeanAbs/dense_1": [1001] };
    const run = (series: Record<string, number[]>) =>
      explodingGradient.judge(outputsRun({ series, activations: ["relu", "relu", "softmax"] }));
    expect(run(nan)).toMatchObject({
      verdict: {
        layer: "dense_1",
        step: 0,
        evidence: [
          { value: 3, tag: "activationNonFinite/dense_2" },
          { value: 1001, threshold: 1000, tag: "activationMeanAbs/dense_1" },
        ],
        prescription: [{ change: { model: { initializer: "heNormal" } } }, {}, {}, {}, {}],
      },
    });
    expect(run({ ...nan, "activationMeanAbs/dense_1": [999] })).toMatchObject({ kind: "notEnough" });
    const norm = { "activationNonFinite/dense_2": [0, 3], "train/gradientNorm": [1, 1.1e6] };
    expect(run(norm)).toMatchObject({ verdict: { step: 20, evidence: [{}, { threshold: 1e6 }] } });
  });

  test("leaves numbers that are none all at once to NotFinite", () => {
    expect(judge({ stepLoss: [2, 3, 3.9, Number.NaN] })).toBe("notEnough");
    expect(judge({ stepLoss: [2, 1, Number.NaN], l2: repeat([1, 1], 5) })).toBe("healthy");
  });

  test("fires above a ratio of 70 in a run that fails, not below, and not in one that learns", () => {
    expect(judge({ epochs: failing, l2: repeat([71, 8, 1], 10) })).toMatchObject({
      layer: "dense_1",
      severity: "error",
    });
    expect(judge({ epochs: failing, l2: repeat([69, 8, 1], 10) })).toBe("healthy");
    expect(judge({ epochs: { accuracy: [0.5, 0.9] }, l2: repeat([71, 8, 1], 10) })).toBe("healthy");
  });

  test("leaves steps out on which the last layer has no gradient, and says a median above its threshold", () => {
    expect(judge({ epochs: failing, l2: repeat([5, 5, 0], 10) })).toBe("healthy");
    const some = [...repeat([5, 5, 0], 10), ...repeat([80, 8, 1], 3)];
    expect(judge({ epochs: failing, l2: some })).toMatchObject({ step: 10, evidence: [{ value: 80 }, {}] });
    expect(judge({ epochs: failing, l2: some.slice(0, -1) })).toBe("healthy");
    expect(judge({ epochs: failing, l2: [...repeat([71, 1], 5), ...repeat([1, 1], 5)] })).toBe("healthy");
  });

  test("fires on one step a thousand times the usual size", () => {
    const peak = (size: number) => [...repeat([0.6, 0.8], 10), [size, 0], ...repeat([0.6, 0.8], 10)];
    expect(judge({ epochs: failing, l2: peak(1001) })).toMatchObject({ severity: "warning", step: 10 });
    expect(judge({ epochs: failing, l2: peak(999) })).toBe("healthy");
    // What is large at first beside a loss that is learnt to 0 is no jump; nor is a fall in two.
    expect(judge({ epochs: failing, l2: [[7, 0], ...repeat([3e-3, 4e-3], 20)] })).toBe("healthy");
    expect(judge({ epochs: failing, l2: [[9, 0], [7, 0], ...repeat([3e-3, 4e-3], 20)] })).toBe("healthy");
    expect(judge({ epochs: failing, l2: [[5, 5], ...repeat([0, 0], 20)] })).toBe("healthy");
  });

  test("fires on a loss of a classification above 1000 in a run that fails", () => {
    const accuracy = [0.1, 0.1, 0.1];
    // sgd at a rate of 1e6 on MNIST: the first step throws all units dead.
    const thrown = { accuracy, loss: [9.3e18, 4.58e5, 4.57e5] };
    expect(judge({ epochs: thrown, l2: [[5, 5], ...repeat([0, 0], 20)], learningRate: 1e6 })).toMatchObject({
      severity: "error",
      epoch: 1,
      evidence: [{ value: 9.3e18, threshold: 1000, crossed: "above", tag: "epoch/loss" }, { value: 0.1 }],
      prescription: expect.arrayContaining([
        expect.objectContaining({ text: "Lower the learning rate from 1e6 to 0.1" }),
      ]),
    });
    expect(judge({ epochs: failing, stepLoss: [2, 1001, 3], l2: repeat([1, 1], 10) })).toMatchObject({
      step: 1,
    });
    expect(judge({ epochs: { accuracy, loss: [999, 999, 999] }, l2: repeat([1, 1], 10) })).toBe("healthy");
    expect(judge({ epochs: { accuracy: [0.5, 0.9], loss: [2e3, 1] }, l2: repeat([1, 1], 10) })).toBe(
      "healthy",
    );
    expect(judge({ epochs: { loss: [5e3, 5e3, 5e3] }, l2: repeat([1, 1], 10) })).toBe("healthy");
  });

  test("prescribes the initialiser that suits the activation", () => {
    const code = (activation: string) => {
      const verdict = judge({ epochs: failing, l2: repeat([71, 8, 1], 10), units: [8, 8, 3], activation });
      return typeof verdict === "string"
        ? verdict
        : verdict.prescription.find(({ text }) => text.startsWith("Initialise"))?.code;
    };
    expect(code("relu")).toContain('initializer: "heNormal"');
    expect(code("selu")).toContain('initializer: "lecunNormal"');
    expect(code("tanh")).toContain('initializer: "glorotNormal"');
  });
});
