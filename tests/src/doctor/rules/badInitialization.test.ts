import { describe, expect, test } from "vitest";
import type { InitialKernel, OutputSummary } from "../../../../src/base/modelSummary.js";
import { tags } from "../../../../src/base/tags.js";
import { badInitialization } from "../../../../src/doctor/rules/badInitialization.js";
import type { ScalarSeries } from "../../../../src/track/index.js";
import { madeRun } from "./series.js";

interface Made {
  readonly kernels: readonly Partial<InitialKernel>[];
  readonly activation?: string;
  readonly accuracy?: number;
  /** Of each layer at the first sampled step. */
  readonly meanAbs?: readonly number[];
  readonly saturated?: readonly number[];
  readonly firstLoss?: number;
}

/** Dense layers of 100 inputs each; He's spread unless said otherwise. */
function judge({ kernels, activation = "relu", accuracy = 0.3, meanAbs, saturated, firstLoss }: Made) {
  const view = madeRun({
    units: kernels.map(() => 100),
    activation,
    epochs: { accuracy: [accuracy, accuracy, accuracy] },
    ...(firstLoss !== undefined && { stepLoss: [firstLoss, 1] }),
  });
  const scalars = new Map<string, ScalarSeries>(view.run.scalars);
  const add = (tag: string, value: number) =>
    scalars.set(tag, {
      steps: Float64Array.of(0),
      values: Float64Array.of(value),
      wallTimes: Float64Array.of(0),
    });
  const layers = (view.run.record.model?.layers ?? []).map((layer, i) => {
    if (meanAbs) add(tags.activationMeanAbs(layer.name), meanAbs[i] as number);
    if (saturated) add(tags.activationSaturated(layer.name), saturated[i] as number);
    const plain: InitialKernel = { fanIn: 100, units: 100, mean: 0, std: Math.sqrt(2 / 100), identical: 0 };
    return { ...layer, initial: { [`${layer.name}/kernel`]: { ...plain, ...kernels[i] } } };
  });
  const output: OutputSummary = {
    ...{ name: `dense_${kernels.length}`, activation: "softmax", units: 10, loss: "crossEntropy" },
    target: { kind: "classes", classes: 10 },
  };
  const record = { ...view.run.record, model: { layers, parameters: 1, outputs: [output] } };
  const series = (tag: string) => scalars.get(tag);
  const judgement = badInitialization.judge({ ...view, series, run: { ...view.run, record, scalars } });
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const plain = {};
const copies = { mean: 0.05, std: 0, identical: 1 };

describe("BadInitialization", () => {
  test("fires on units that are copies of each other", () => {
    expect(judge({ kernels: [copies, copies] })).toMatchObject({
      severity: "error",
      layer: "dense_1",
      message: expect.stringContaining("all numbers of dense_1/kernel are 0.05"),
      prescription: [{ change: { model: { initializer: "heNormal" } } }, {}],
    });
    expect(judge({ kernels: [{ identical: 0.99 }, plain] })).toMatchObject({ severity: "error" });
    expect(judge({ kernels: [{ identical: 0.98 }, plain] })).toBe("healthy");
  });

  test("is silent on an output of zeros, on single units, and where something told the units apart", () => {
    expect(judge({ kernels: [plain, { std: 0, identical: 1 }] })).toBe("healthy");
    expect(judge({ kernels: [{ ...copies, units: 1 }, plain] })).toBe("healthy");
    expect(judge({ kernels: [copies, copies], accuracy: 0.95 })).toBe("healthy");
  });

  test("fires on kernels whose spread lets all shrink, where each leaves less than a tenth", () => {
    // 0.01 · √(100 / 2) = 0.07 a layer; 0.02 · √50 = 0.14.
    const five = (std: number) => [...Array(4).fill({ std }), plain];
    const meanAbs = [1, 0.1, 0.01, 1e-3, 1e-4];
    expect(judge({ kernels: five(0.01), meanAbs })).toMatchObject({ severity: "error", layer: "dense_1" });
    expect(judge({ kernels: five(0.02), meanAbs })).toBe("healthy");
  });

  test("is silent on small kernels where what they put out keeps its size, and where the run learns", () => {
    const kernels = [...Array(4).fill({ std: 0.01 }), plain];
    expect(judge({ kernels, meanAbs: [1, 1, 0.9, 0.8, 1] })).toBe("healthy");
    expect(judge({ kernels, meanAbs: [1, 0.1, 0.01, 1e-3, 1e-4], activation: "sigmoid" })).toBe("healthy");
    expect(judge({ kernels: [...kernels.slice(2)], meanAbs: [1, 1e-4, 1e-4] })).toBe("healthy");
  });

  test("fires on a spread that saturates, not on inputs that do", () => {
    const saturated = [0.9, 0.9, 0];
    const wide = { kernels: [{ std: 1 }, { std: 1 }, plain], activation: "tanh", saturated };
    expect(judge(wide)).toMatchObject({
      severity: "error",
      layer: "dense_1",
      prescription: [{ change: { model: { initializer: "glorotUniform" } } }, {}],
    });
    expect(judge({ ...wide, kernels: [{ std: 0.1 }, { std: 0.1 }, plain] })).toBe("healthy");
    expect(judge({ ...wide, saturated: [0.5, 0.5, 0] })).toBe("healthy");
  });

  test("warns of a first loss far above chance where a spread is large", () => {
    const kernels = [{ std: 1 }, plain];
    // 5 · ln 10 = 11.5
    expect(judge({ kernels, firstLoss: 12 })).toMatchObject({ severity: "warning" });
    expect(judge({ kernels, firstLoss: 11 })).toBe("healthy");
    expect(judge({ kernels: [plain, plain], firstLoss: 130 })).toBe("healthy");
  });

  test("says what it would need", () => {
    expect(badInitialization.judge(madeRun({ units: [8, 2] })).kind).toBe("notEnough");
  });
});
