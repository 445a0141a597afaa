import { describe, expect, test } from "vitest";
import { tooStrongRegularization } from "../../../../src/doctor/rules/tooStrongRegularization.js";
import { underfit } from "../../../../src/doctor/rules/underfit.js";
import { dataView } from "./dataView.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0], rule = underfit) {
  const judgement = rule.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const moved = {
  stepLoss: repeat(0.7, 1000),
  l2: repeat([0.1, 0.1], 4),
  weightL2: repeat(2, 4),
  updateRatio: repeat(1e-3, 4),
};
const low = { loss: repeat(0.69, 4), accuracy: repeat(0.55, 4), valAccuracy: repeat(0.54, 4) };
const narrow = { ...moved, epochs: low, units: [2, 2] };

describe("Underfit", () => {
  test("fires where both accuracies are low and the model's make says why", () => {
    expect(judge(narrow)).toMatchObject({
      severity: "error",
      message: expect.stringContaining("a hidden layer of 2 units"),
      evidence: [
        { value: 0.55 },
        { value: expect.closeTo(0.1, 9), threshold: 0.5 },
        { value: 2, threshold: 3 },
      ],
      prescription: [{ change: { model: { hidden: [64] } } }, { text: expect.stringMatching(/inputs/) }],
    });
    expect(judge({ ...narrow, units: [16, 2] })).toBe("healthy");
    expect(
      judge({
        ...narrow,
        units: [4, 10],
        epochs: { ...low, accuracy: repeat(0.3, 4), valAccuracy: repeat(0.3, 4) },
      }),
    ).toMatchObject({
      evidence: [{}, {}, { value: 4, threshold: 5 }],
    });
  });

  test("fires on layers without an activation", () => {
    expect(judge({ ...narrow, units: [16, 2], activation: "linear" })).toMatchObject({
      message: expect.stringContaining("straight lines"),
    });
  });

  test("is silent where the accuracy is half way, there is a gap, or the weights have hardly moved", () => {
    expect(
      judge({ ...narrow, epochs: { ...low, accuracy: repeat(0.75, 4), valAccuracy: repeat(0.75, 4) } }),
    ).toBe("healthy");
    expect(
      judge({ ...narrow, epochs: { ...low, accuracy: repeat(0.65, 4), valAccuracy: repeat(0.5, 4) } }),
    ).toBe("healthy");
    expect(judge({ ...narrow, updateRatio: repeat(1e-5, 4) })).toBe("healthy");
    expect(judge({ ...narrow, l2: repeat([1e-5, 1e-5], 4) })).toBe("healthy");
  });

  test("goes by the loss of a regression", () => {
    const epochs = { loss: [2, 1.2, 1.1, 1.1], valLoss: [2, 1.2, 1.1, 1.1] };
    expect(judge({ ...narrow, epochs })).toMatchObject({ evidence: [{ threshold: 0.5 }, {}] });
    expect(judge({ ...narrow, epochs: { ...epochs, loss: [2, 0.9, 0.8, 0.8] } })).toBe("healthy");
  });

  test("takes the loss before training for the beginning: a first epoch may have learned most", () => {
    const epochs = { loss: [0.2, 0.15, 0.15, 0.15], valLoss: repeat(0.15, 4) };
    const stepLoss = (first: number) => [...repeat(first, 10), ...repeat(0.15, 990)];
    expect(judge({ ...narrow, epochs, stepLoss: stepLoss(0.31) })).toBe("healthy");
    expect(judge({ ...narrow, epochs, stepLoss: stepLoss(0.29) })).toMatchObject({
      evidence: [{ what: expect.stringContaining("the loss before training") }, {}],
    });
  });

  test("compares a squared error with the variance of its targets", () => {
    // Targets −2, 0, 2: their variance is 8/3 (NumPy), and half of it 4/3.
    const x = Float32Array.from({ length: 90 }, (_, i) => i % 7);
    const data = { x, y: x.map((_, i) => 2 * ((i % 3) - 1)), inputShape: [1], task: "regression" } as const;
    const of = (loss: readonly number[], name = "meanSquaredError") => {
      const run = madeRun({
        ...narrow,
        epochs: { loss, valLoss: loss },
        config: { loss: name, batchSize: 32 },
      });
      const judgement = underfit.judge({ ...run, data: dataView({ data }).data });
      return judgement.kind === "verdict" ? judgement.verdict.evidence[0] : judgement.kind;
    };
    expect(of([1.4, 1.31, 1.31, 1.31])).toBe("healthy");
    expect(of([9, 1.4, 1.4, 1.4])).toMatchObject({
      what: expect.stringContaining("variance"),
      value: expect.closeTo(0.525, 9),
      threshold: 0.5,
    });
    expect(of([9, 1.4, 1.4, 1.4], "meanAbsoluteError")).toBe("healthy");
  });

  test("says what is missing", () => {
    expect(judge({ epochs: { loss: [1, 1] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: low.loss, valAccuracy: low.valAccuracy } })).toBe("notEnough");
    expect(judge({ ...narrow, updateRatio: [] })).toBe("notEnough");
  });
});

describe("TooStrongRegularization", () => {
  const layer = (name: string, more: object) => ({
    name,
    kind: "Dense",
    units: 16,
    activation: "relu",
    trainable: true,
    parameters: 50,
    weights: [`${name}/kernel`],
    ...more,
  });
  const output = layer("dense_2", { units: 2, activation: "softmax" });
  const penalised = (l2: number) => [
    layer("dense_1", { penalties: { "dense_1/kernel": { l1: 0, l2 } } }),
    output,
  ];
  const shrinking = { ...narrow, weightL2: [4, 3, 2, 0.9] };
  const { units: _, ...bare } = shrinking;

  test("fires on a penalty that has shrunk the weights to a quarter, in a run that learns badly", () => {
    expect(judge({ ...bare, layers: penalised(0.3) }, tooStrongRegularization)).toMatchObject({
      severity: "warning",
      evidence: [{ value: 0.225, threshold: 0.25 }, { value: 0.54 }],
      prescription: [{ change: { model: { l2: 1e-4 } } }, {}],
    });
    expect(judge({ ...bare, layers: penalised(5e-4) }, tooStrongRegularization)).toBe("healthy");
    expect(
      judge({ ...bare, weightL2: [4, 3, 2, 1.1], layers: penalised(0.3) }, tooStrongRegularization),
    ).toBe("healthy");
  });

  test("is silent on strong dropout in a run that learns", () => {
    const layers = [
      layer("dense_1", {}),
      { name: "drop", kind: "Dropout", rate: 0.8, trainable: true, parameters: 0, weights: [] },
      output,
    ];
    expect(judge({ ...bare, layers }, tooStrongRegularization)).toBe("healthy");
    const better = { ...low, valAccuracy: repeat(0.6, 4) };
    expect(judge({ ...bare, layers, epochs: better }, tooStrongRegularization)).toMatchObject({
      evidence: [{ value: 0.8 }, {}],
    });
    const well = { loss: [1, 0.8, 0.6, 0.5], accuracy: repeat(0.8, 4), valAccuracy: [0.7, 0.8, 0.9, 0.95] };
    expect(judge({ ...bare, layers, epochs: well }, tooStrongRegularization)).toBe("healthy");
  });
});
