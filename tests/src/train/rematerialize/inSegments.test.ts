import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { build as resnet18 } from "../../../../bench/step/models/resnet18.mjs";
import { tf } from "../../../../src/native/index.js";
import { sam, sgd } from "../../../../src/optim/index.js";
import type { CapturedStepOptions } from "../../../../src/train/capturedStepOptions.js";
import type { Rematerialize } from "../../../../src/train/rematerialize/rematerialize.js";
import { batchFor, glorot, models as small, stepOf, train, weightsOf } from "../capturedStep/exampleSteps.js";

const {
  alphaDropout,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  gru,
  lstm,
  reshape,
  gaussianDropout,
  gaussianNoise,
  reLU,
} = tf.layers;

const recurrent = (seed: number) => ({
  units: 4,
  dropout: 0.3,
  recurrentDropout: 0.2,
  kernelInitializer: glorot(seed),
  recurrentInitializer: glorot(seed + 10),
});

const models: Record<string, () => tf.LayersModel> = {
  ...small,
  "cnn with batch norm and dropout": () =>
    tf.sequential({
      layers: [
        conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], kernelInitializer: glorot(1) }),
        batchNormalization({ momentum: 0.8 }),
        reLU(),
        dropout({ rate: 0.3 }),
        conv2d({ filters: 4, kernelSize: 3, kernelInitializer: glorot(2) }),
        batchNormalization(),
        reLU(),
        dropout({ rate: 0.5 }),
        flatten(),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
      ],
    }),
  "mlp with every kind of noise": () =>
    tf.sequential({
      layers: [
        gaussianNoise({ stddev: 0.2, inputShape: [6] }),
        dense({ units: 12, activation: "tanh", kernelInitializer: glorot(1) }),
        gaussianDropout({ rate: 0.2 }),
        dense({ units: 8, activation: "selu", kernelInitializer: glorot(2) }),
        alphaDropout({ rate: 0.1 }),
        dense({ units: 8, activation: "relu", kernelInitializer: glorot(3) }),
        dropout({ rate: 0.4 }),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(4) }),
      ],
    }),
  "recurrent layers with dropout": () =>
    tf.sequential({
      layers: [
        reshape({ targetShape: [3, 2], inputShape: [6] }),
        lstm({ ...recurrent(1), returnSequences: true }),
        lstm({ ...recurrent(2), returnSequences: true }),
        gru(recurrent(3)),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
      ],
    }),
  "mlp with frozen layers": () => {
    const model = (models["mlp with every kind of noise"] as () => tf.LayersModel)();
    for (const i of [1, 5]) (model.layers[i] as tf.layers.Layer).trainable = false;
    return model;
  },
  "a model in a model": () => {
    const body = tf.sequential({
      layers: [
        dense({ units: 8, inputShape: [8], activation: "tanh", kernelInitializer: glorot(1) }),
        dropout({ rate: 0.5 }),
      ],
    });
    return tf.sequential({
      layers: [
        dense({ units: 8, inputShape: [6], activation: "tanh", kernelInitializer: glorot(2) }),
        body,
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
      ],
    });
  },
};

/** As many segments as there can be. */
const everywhere: Rematerialize = { segments: 100 };
const batchOf = (name: string) => batchFor(name, 10);

async function trained(name: string, options: Partial<CapturedStepOptions>) {
  const model = (models[name] as () => tf.LayersModel)();
  const step = stepOf(model, options);
  const batch = batchOf(name);
  const results = await train(step, batch, 4);
  const { statistics, ...sampled } = await step.runSampled(batch, { learningRate: 0.01, seed: 4 });
  step.pull();
  // Layers of another model have other names.
  const { gradientNorm, ...groups } = statistics;
  const measured = [gradientNorm, ...Object.values(groups).map((group) => [...group.values()])];
  return { results, sampled, measured, weights: weightsOf(model), reasons: step.eagerReasons };
}

describe.each(Object.keys(models))("%s", (name) => {
  it.each([true, false])("gives the same digits as keeping everything (captured: %s)", async (capture) => {
    const kept = await trained(name, { capture });
    expect(kept.reasons.length === 0).toBe(capture);
    for (const rematerialize of [everywhere, "sqrt"] as const)
      expect(await trained(name, { capture, rematerialize })).toEqual(kept);
  });
});

it("gives the same digits to an optimiser that takes a second gradient, and to added up batches", async () => {
  const name = "cnn with batch norm and dropout";
  const optimizer = sam(sgd({ momentum: 0.9 }));
  expect(await trained(name, { optimizer, rematerialize: everywhere })).toEqual(
    await trained(name, { optimizer }),
  );
  const sums = [false, everywhere].map(async (rematerialize) => {
    const model = (models[name] as () => tf.LayersModel)();
    const step = stepOf(model, { rematerialize });
    for (const seed of [1, 2]) await step.add(batchOf(name), { seed, share: 0.5 });
    await step.update({ learningRate: 0.01 });
    step.pull();
    return weightsOf(model);
  });
  const [kept, again] = await Promise.all(sums);
  expect(again).toEqual(kept);
});

it("gives ResNet-18 the same digits", { timeout: 120_000 }, async () => {
  const runs: string[][] = [];
  for (const rematerialize of [false, true]) {
    const model = resnet18(tf) as tf.LayersModel;
    model.setWeights(model.weights.map(({ shape }, i) => seeded(shape as number[], i)));
    const step = stepOf(model, { rematerialize });
    const batch = { x: tf.randomNormal([2, 32, 32, 3], 0, 1, "float32", 1), y: tf.tensor1d([1, 7], "int32") };
    await train(step, batch, 2);
    expect(step.eagerReasons).toEqual([]);
    step.pull();
    runs.push(model.getWeights().map((weight) => createHash("sha1").update(weight.dataSync()).digest("hex")));
  }
  expect(runs[1]).toEqual(runs[0]);
});

function seeded(shape: number[], seed: number): tf.Tensor {
  if (shape.length === 1) return tf.ones(shape);
  const inputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return tf.randomNormal(shape, 0, Math.sqrt(2 / inputs), "float32", seed + 1);
}

it("runs every layer but those of the last segment twice, for the gradient alone", async () => {
  const model = (models.mlp as () => tf.LayersModel)();
  const calls = model.layers.map((layer) => vi.spyOn(layer, "call"));
  const counts = () => calls.map(({ mock }) => mock.calls.length);
  const [first, second, last] = model.layers as [tf.layers.Layer, tf.layers.Layer, tf.layers.Layer];
  const step = stepOf(model, { rematerialize: [first.name, second.name] });
  await train(step, batchOf("mlp"), 1);
  expect(step.eagerReasons).toEqual([]);
  expect(counts()).toEqual([2, 2, 1]);
  await step.evaluate(batchOf("mlp"));
  expect(counts()).toEqual([3, 3, 2]);
  expect(last.name).not.toBe(first.name);
});
