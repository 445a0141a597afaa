import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import type { RewriteName } from "../../../../src/native/rewrites.js";
import { adam } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import type { CapturedStepOptions } from "../../../../src/train/capturedStepOptions.js";
import { captureStep } from "../../../../src/train/step/captureStep.js";
import { stepPlan } from "../../../../src/train/step/stepPlan.js";

const optimizer = adam({ learningRate: 0.05 });
const batch = {
  x: tf.randomNormal([6, 4, 3], 0, 1, "float32", 1),
  y: tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"),
};
const steps = 4;

/** Two layers of LSTM, the same weights each time. */
function modelOf(): tf.LayersModel {
  const { dense, lstm } = tf.layers;
  const model = tf.sequential({
    layers: [
      lstm({ units: 5, recurrentActivation: "sigmoid", returnSequences: true, inputShape: [4, 3] }),
      lstm({ units: 4 }),
      dense({ units: 3, activation: "softmax" }),
    ],
  });
  const drawn = model.getWeights().map(({ shape }, i) => tf.randomNormal(shape, 0, 0.5, "float32", i + 1));
  model.setWeights(drawn);
  return model;
}

const optionsOf = (more: Partial<CapturedStepOptions>) =>
  ({ loss: "crossEntropy", optimizer, ...more }) as const;

/** Each step's loss, then all weights. */
async function trained(more: Partial<CapturedStepOptions> = {}): Promise<number[]> {
  const model = modelOf();
  const step = createCapturedStep(model, optionsOf(more));
  const settings = Array.from({ length: steps }, (_, seed) => ({ learningRate: 0.05, seed }));
  const losses: number[] = [];
  if (more.stepsPerExecution) {
    const rows = Int32Array.from({ length: steps * 6 }, (_, i) => i % 6);
    for (const { loss } of await step.runSteps(batch, rows, settings)) losses.push(loss);
  } else for (const each of settings) losses.push((await step.run(batch, each)).loss);
  expect(step.eagerReasons).toEqual([]);
  step.dispose();
  return [...losses, ...model.getWeights().flatMap((weight) => Array.from(weight.dataSync()))];
}

function distance(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return Math.hypot(...expected.map((value, i) => (actual[i] as number) - value)) / Math.hypot(...expected);
}

function opsOf(without: readonly RewriteName[]): number {
  const { call } = captureStep(stepPlan(modelOf(), optionsOf({ without })), "train", batch);
  call.dispose();
  return call.ops;
}

describe("a step of a model with LSTMs", () => {
  const stock = trained({ without: ["lstm"] });

  it("has fewer ops than without its loops, and the same numbers", async () => {
    expect(opsOf([])).toBeLessThan(opsOf(["lstm"]) / 3);
    expect(distance(await trained(), await stock)).toBeLessThan(1e-5);
  });

  it.each<[string, Partial<CapturedStepOptions>]>([
    ["several a call, a loop around the loops", { stepsPerExecution: steps }],
    ["with layers that run again for the gradient", { rematerialize: { segments: 2 } }],
  ])("has them %s", async (_, options) => {
    expect(distance(await trained(options), await stock)).toBeLessThan(1e-5);
  });
});
