import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { type RewriteName, rewriteNames } from "../../../../src/native/rewrites.js";
import { adam } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import { captureStep } from "../../../../src/train/step/captureStep.js";
import { stepKey } from "../../../../src/train/step/stepKey.js";
import { stepPlan } from "../../../../src/train/step/stepPlan.js";

type Values = number[] | number[][];

/** In float64, by PyTorch: tests/oracles/train/rewrites.py. */
const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/train/rewrites.json", import.meta.url), "utf8"),
) as {
  x: number[][];
  y: number[];
  start: Record<string, Values>;
  losses: number[];
  weights: Record<string, Values>;
  moving: Record<"mean" | "variance", number[]>;
};

const optimizer = adam({ learningRate: 0.05 });
const batch = { x: tf.tensor2d(oracle.x), y: tf.tensor1d(oracle.y, "int32") };

/** A model of which every rewrite changes something. */
function modelOf(): tf.LayersModel {
  const { batchNormalization, dense, flatten, layerNormalization, repeatVector } = tf.layers;
  const model = tf.sequential({
    layers: [
      dense({ units: 8, activation: "relu", useBias: false, inputShape: [7] }),
      batchNormalization({ momentum: 0.9 }),
      layerNormalization(),
      dense({ units: 6, activation: "tanh" }),
      repeatVector({ n: 3 }),
      dense({ units: 5, activation: "sigmoid" }),
      flatten(),
      dense({ units: 3, activation: "softmax" }),
    ],
  });
  // TensorFlow.js lists what is not trained, a batch norm's averages, after all that is.
  const given = Object.values(oracle.start).map((values) => tf.tensor(values));
  model.setWeights([...given, tf.zeros([8]), tf.ones([8])]);
  return model;
}

const options = (without: readonly RewriteName[]) => ({ loss: "crossEntropy", optimizer, without }) as const;

function opsOf(without: readonly RewriteName[]): number {
  const { call } = captureStep(stepPlan(modelOf(), options(without)), "train", batch);
  call.dispose();
  return call.ops;
}

/** ‖actual − expected‖₂ / ‖expected‖₂ */
function relative(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.hypot(...expected.map((value, i) => (actual[i] as number) - value)) / Math.hypot(...expected);
}

async function trains(without: readonly RewriteName[], capture: boolean) {
  const model = modelOf();
  const step = createCapturedStep(model, { ...options(without), capture });
  const losses: number[] = [];
  for (const _ of oracle.losses) losses.push((await step.run(batch, { learningRate: 0.05, seed: 1 })).loss);
  expect(step.eagerReasons.length === 0).toBe(capture);
  step.dispose();
  expect(relative(losses, oracle.losses)).toBeLessThan(1e-6);
  const expected = [...Object.values(oracle.weights), oracle.moving.mean, oracle.moving.variance];
  for (const [i, weight] of model.getWeights().entries())
    expect(relative(weight.dataSync(), (expected[i] as Values).flat())).toBeLessThan(1e-5);
}

const whole = opsOf([]);
/** This model has no op without a gradient in TensorFlow.js, and no LSTM, of which recurrent.test.ts is. */
const changing = rewriteNames.filter((name) => name !== "missingGradients" && name !== "lstm");

describe("a step has the numbers of float64", () => {
  it("with all rewrites", async () => {
    await trains([], true);
    await trains([], false);
  });

  it.each(changing)("and without %s, which makes it longer", async (name) => {
    expect(opsOf([name])).toBeGreaterThan(whole);
    await trains([name], true);
    await trains([name], false);
  });

  it("and without any", async () => {
    await trains(changing, true);
    await trains(changing, false);
  });
});

it("is another one without a rewrite, in whichever order they are named", () => {
  const model = modelOf();
  const key = (...without: RewriteName[]) => stepKey(stepPlan(model, options(without)), "one");
  expect(key("tile")).not.toBe(key());
  expect(key("tile", "dead")).toBe(key("dead", "tile"));
});
