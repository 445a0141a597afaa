import { describe, expect, test } from "vitest";
import { fitChange, fitLine, modelChange, modelLine } from "../../../src/doctor/codeLine.js";
import { viewRun } from "../../../src/doctor/runView.js";
import type { LayerSummary, RunRecord } from "../../../src/track/index.js";
import { recordedRuns, runData, scalarsOf } from "./recordedRuns.js";

function layer(name: string, kind: string, more: Partial<LayerSummary> = {}): LayerSummary {
  return { name, kind, trainable: true, parameters: 1, weights: [], ...more };
}

function view(changes: Partial<RunRecord>) {
  const net = recordedRuns()[0]!;
  const data = runData(net, scalarsOf(net));
  return viewRun({ ...data, record: { ...data.record, ...changes } });
}

const layers = [
  layer("input", "InputLayer"),
  layer("dense_1", "Dense", { units: 64, activation: "linear", weights: ["dense_1/kernel"] }),
  layer("dense_1_norm", "BatchNormalization", { weights: ["dense_1_norm/gamma"] }),
  layer("dense_1_activation", "Activation", { activation: "tanh" }),
  layer("output", "Dense", { units: 10, activation: "softmax", weights: ["output/kernel"] }),
];

describe("modelLine", () => {
  test("writes the run's own sizes with the change; the activation may stand in a layer behind", () => {
    const run = view({ model: { layers, parameters: 4 }, config: { dataset: "mnist" } });
    expect(modelLine(run, { activation: "relu", batchNorm: true })).toBe(
      'models.mlp({ inputShape: mnist.inputShape, hidden: [64], classes: 10, activation: "relu", batchNorm: true })',
    );
    expect(modelLine(run, { dropout: 0.3 })).toContain('activation: "tanh", dropout: 0.3 })');
  });

  test("gives hidden layers no activation of the output's, where there are none yet", () => {
    const output = layer("dense_1", "Dense", {
      units: 2,
      activation: "softmax",
      weights: ["dense_1/kernel"],
    });
    const run = view({ model: { layers: [layer("input", "InputLayer"), output], parameters: 2 } });
    expect(modelLine(run, { hidden: [64] })).toMatch(/hidden: \[64\], classes: 2 \}\)$/);
  });

  test("leaves options open that the record does not hold", () => {
    const conv = [layer("conv_1", "Conv2D"), ...layers];
    expect(modelLine(view({ model: { layers: conv, parameters: 5 } }), { dropout: 0.3 })).toBe(
      "models.cnn({ ...options, dropout: 0.3 })",
    );
    const custom = [layer("lstm", "LSTM"), ...layers];
    expect(modelLine(view({ model: { layers: custom, parameters: 5 } }), { dropout: 0.3 })).toBe(
      "models.mlp({ ...options, dropout: 0.3 })",
    );
  });
});

describe("fitLine", () => {
  test("writes the run's own settings with the change", () => {
    const config = { optimizer: "sgd", learningRate: 0.1, epochs: 3, batchSize: 64, dataset: "arrays" };
    expect(fitLine(view({ config }), { clipNorm: 1 })).toBe(
      "fit(model, dataset, { optimizer: sgd({ learningRate: 0.1 }), epochs: 3, batchSize: 64, clipNorm: 1 })",
    );
    expect(fitLine(view({ config }), { learningRate: 0.01 })).toContain("sgd({ learningRate: 0.01 })");
    const decayed = { ...config, optimizerOptions: { momentum: 0.9, decayOn: "kernels", weightDecay: 1e-4 } };
    expect(fitLine(view({ config: decayed }), { learningRate: 0.01 })).toContain(
      'sgd({ learningRate: 0.01, momentum: 0.9, decayOn: "kernels", weightDecay: 1e-4 })',
    );
    const wrapped = { ...config, optimizer: "ema(lookahead(rmsprop))" };
    expect(fitLine(view({ config: wrapped }), {})).toContain(
      "optimizer: ema(lookahead(rmsprop({ learningRate: 0.1 }))), epochs",
    );
  });

  test("leaves options open that the record does not hold", () => {
    expect(fitLine(view({ config: {} }), { clipNorm: 1 })).toBe(
      "fit(model, dataset, { ...options, clipNorm: 1 })",
    );
    expect(fitLine(view({ config: {} }), { learningRate: 0.01 })).toBe(
      "fit(model, dataset, { ...options, optimizer: adam({ learningRate: 0.01 }) })",
    );
  });
});

test("a change holds the same values for programs as its line does for people", () => {
  const config = { optimizer: "sgd", learningRate: 0.1, epochs: 3, batchSize: 64, dataset: "mnist" };
  const run = view({ config, model: { layers, parameters: 4 } });
  const stop = { monitor: "valLoss", patience: 3 };
  expect(fitChange(run, { learningRate: 0.01, earlyStopping: stop })).toEqual({
    code: 'fit(model, mnist, { optimizer: sgd({ learningRate: 0.01 }), epochs: 3, batchSize: 64, earlyStopping: { monitor: "valLoss", patience: 3 } })',
    change: { fit: { learningRate: 0.01, earlyStopping: stop } },
  });
  expect(modelChange(run, { hidden: [128], dropout: 0.3 })).toEqual({
    code: 'models.mlp({ inputShape: mnist.inputShape, hidden: [128], classes: 10, activation: "tanh", dropout: 0.3 })',
    change: { model: { hidden: [128], dropout: 0.3 } },
  });
});
