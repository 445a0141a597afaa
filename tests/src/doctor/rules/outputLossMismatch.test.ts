import { describe, expect, test } from "vitest";
import type { OutputSummary } from "../../../../src/base/modelSummary.js";
import { outputLossMismatch } from "../../../../src/doctor/rules/outputLossMismatch.js";
import { madeRun } from "./series.js";

const classes = { kind: "classes", classes: 10 } as const;
const plain: OutputSummary = {
  name: "dense_2",
  activation: "softmax",
  units: 10,
  loss: "crossEntropy",
  target: classes,
};
const own = { flipped: false, hasSoftmax: false, needsProbabilities: false };

function judge(
  output: Partial<OutputSummary>,
  more: { name: string; kind: string; activation?: string }[] = [],
) {
  const view = madeRun({ units: [16, 10], epochs: { loss: [2, 1, 0.5], accuracy: [0.3, 0.6, 0.8] } });
  const { model } = view.run.record;
  const layers = [
    ...(model?.layers ?? []),
    ...more.map((layer) => ({ trainable: true, parameters: 0, weights: [], ...layer })),
  ];
  const record = { ...view.run.record, model: { layers, parameters: 2, outputs: [{ ...plain, ...output }] } };
  const judgement = outputLossMismatch.judge({ ...view, run: { ...view.run, record } });
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("OutputLossMismatch by what the outputs are taught", () => {
  test("is silent on pairs that fit", () => {
    const values = { kind: "values", negative: 0.5, belowMinusOne: 0.1, aboveOne: 0.4 } as const;
    const inUnit = { kind: "values", negative: 0, belowMinusOne: 0, aboveOne: 0 } as const;
    const binary = { kind: "classes", classes: 2 } as const;
    const pairs: Partial<OutputSummary>[] = [
      {},
      { activation: "linear" },
      { activation: "linear", loss: "mine", ownLoss: { ...own, hasSoftmax: true } },
      { loss: "mine", ownLoss: { ...own, needsProbabilities: true } },
      { activation: "unknown", loss: "mine", ownLoss: { ...own, needsProbabilities: true } },
      { activation: "sigmoid", units: 1, loss: "binaryCrossEntropy", target: binary },
      { activation: "linear", units: 1, loss: "binaryCrossEntropy", target: binary },
      { activation: "linear", units: 1, loss: "meanSquaredError", target: values },
      { activation: "linear", units: 1, loss: "huber", target: values },
      { activation: "sigmoid", units: 1, loss: "meanSquaredError", target: inUnit },
      { activation: "relu", units: 1, loss: "meanSquaredError", target: { ...values, negative: 0 } },
      { activation: "tanh", units: 1, loss: "meanSquaredError", target: { ...inUnit, negative: 0.5 } },
    ];
    for (const pair of pairs) expect([pair, judge(pair)]).toEqual([pair, "healthy"]);
  });

  test("fires on a softmax of one unit", () => {
    expect(judge({ units: 1, target: { kind: "classes", classes: 2 } })).toMatchObject({
      severity: "error",
      layer: "dense_2",
      message: expect.stringContaining("always 1"),
      prescription: [{ change: { model: { classes: 2 } } }],
    });
  });

  test("fires on a loss of the wrong sign, and names the library's", () => {
    expect(judge({ loss: "mine", ownLoss: { ...own, flipped: true } })).toMatchObject({
      severity: "error",
      message: expect.stringContaining("sign"),
      prescription: [{ change: { fit: { loss: "crossEntropy" } } }],
    });
  });

  test("fires on two softmaxes: of layers, or of a layer and a loss", () => {
    const again = { name: "again", kind: "Activation", activation: "softmax" };
    // ln(e + 9) − 1, of ten classes.
    expect(judge({ name: "again" }, [again])).toMatchObject({ message: expect.stringContaining("1.461") });
    expect(judge({ name: "again" }, [{ name: "again", kind: "Softmax" }])).toMatchObject({
      severity: "warning",
    });
    expect(judge({ loss: "mine", ownLoss: { ...own, hasSoftmax: true } })).toMatchObject({
      severity: "warning",
      prescription: [{ change: { fit: { loss: "crossEntropy" } } }],
    });
  });

  test("fires on a logarithm of outputs that are no probabilities", () => {
    const ownLoss = { ...own, needsProbabilities: true };
    for (const activation of ["linear", "relu", "tanh"])
      expect(judge({ activation, loss: "mine", ownLoss })).toMatchObject({ severity: "error" });
  });

  test("fires on classes behind a ReLU, whatever the loss", () => {
    expect(judge({ activation: "relu", loss: "mine", ownLoss: own })).toMatchObject({
      severity: "warning",
      prescription: [{ change: { model: { classes: 10 }, fit: { loss: "crossEntropy" } } }],
    });
    const oneHot = { kind: "oneHot", classes: 10 } as const;
    expect(judge({ activation: "relu", loss: "meanSquaredError", target: oneHot })).toMatchObject({
      severity: "warning",
    });
  });

  test("fires on values that the activation never has, from a twentieth of them on", () => {
    const outside = (share: number) =>
      ({ kind: "values", negative: share, belowMinusOne: share, aboveOne: share }) as const;
    const one = { units: 1, loss: "meanSquaredError" } as const;
    expect(judge({ ...one, activation: "relu", target: outside(0.05) })).toMatchObject({
      severity: "error",
      prescription: [{ change: { model: { outputs: 1 } } }],
    });
    expect(judge({ ...one, activation: "relu", target: outside(0.04) })).toBe("healthy");
    expect(judge({ ...one, activation: "sigmoid", target: outside(0.03) })).toMatchObject({
      severity: "error",
    });
    expect(judge({ ...one, activation: "tanh", target: outside(0.03) })).toMatchObject({ severity: "error" });
    expect(judge({ ...one, activation: "linear", target: outside(0.5) })).toBe("healthy");
  });

  test("warns of sigmoids where one class of several is meant, and remarks on squared errors of a softmax", () => {
    expect(judge({ activation: "sigmoid" })).toMatchObject({ severity: "warning" });
    const oneHot = { kind: "oneHot", classes: 10 } as const;
    expect(judge({ loss: "meanSquaredError", target: oneHot })).toMatchObject({ severity: "info" });
  });
});

describe("OutputLossMismatch by how a run behaves", () => {
  const behaves = (epochs: Record<string, number[]>) => {
    const judgement = outputLossMismatch.judge(madeRun({ units: [16, 10], epochs }));
    return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
  };

  test("fires where the loss falls below 0 and the accuracy with it", () => {
    expect(behaves({ loss: [-1, -5, -9], accuracy: [0.1, 0.02, 0.01] })).toMatchObject({ severity: "error" });
    expect(behaves({ loss: [-1, -5, -9], accuracy: [0.1, 0.4, 0.8] })).toBe("healthy");
    expect(behaves({ loss: [2.3, 2.2, 2.1], accuracy: [0.1, 0.02, 0.01] })).toBe("healthy");
  });

  test("fires where the loss stands above the floor of two softmaxes though the answers are right", () => {
    expect(behaves({ loss: [1.9, 1.6, 1.52], accuracy: [0.6, 0.9, 0.93] })).toMatchObject({
      severity: "warning",
    });
    expect(behaves({ loss: [1.9, 1.6, 1.45], accuracy: [0.6, 0.9, 0.93] })).toBe("healthy");
    expect(behaves({ loss: [1.9, 1.7, 1.6], accuracy: [0.3, 0.4, 0.42] })).toBe("healthy");
  });

  test("says what it would need", () => {
    expect(behaves({ loss: [1, 2] })).toBe("notEnough");
  });
});
