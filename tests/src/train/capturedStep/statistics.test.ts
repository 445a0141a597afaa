import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import { fixedSample } from "../../../../src/train/step/fixedSample.js";
import { batchFor, models, stepOf } from "./exampleSteps.js";

describe("statistics of a sampled step", () => {
  it("are of the gradients, weights and outputs that TensorFlow.js itself computes", async () => {
    const model = (models.mlp as () => tf.LayersModel)();
    const batch = batchFor("mlp");
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const oneHot = tf.oneHot(batch.y as tf.Tensor1D, 3);
    const { grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(oneHot, tf.log(model.apply(batch.x) as tf.Tensor)) as tf.Scalar,
      variables,
    );
    const hidden = tf.model({ inputs: model.inputs, outputs: model.layers[1]?.output as tf.SymbolicTensor });
    const output = Array.from((hidden.predict(batch.x) as tf.Tensor).dataSync());
    const step = stepOf(model, { optimizer: sgd() });
    const { statistics } = await step.runSampled(batch, { learningRate: 0.5, seed: 0 });
    const names = model.layers.flatMap(({ name }) => [`${name}/kernel`, `${name}/bias`]);
    expect([...statistics.gradients.keys()]).toEqual(names);
    expect([...statistics.weights.keys()]).toEqual(names);
    expect([...statistics.activations.keys()]).toEqual(model.layers.map(({ name }) => name));
    names.forEach((name, i) => {
      const values = Array.from(grads[variables[i]?.name ?? ""]?.dataSync() ?? []);
      const own = Array.from(variables[i]?.dataSync() ?? []);
      expect(statistics.gradients.get(name)?.l2).toBeCloseTo(Math.hypot(...values), 5);
      expect(statistics.gradients.get(name)?.count).toBe(values.length);
      expect(statistics.weights.get(name)?.l2).toBeCloseTo(Math.hypot(...own), 5);
      if (Math.hypot(...own) > 0)
        expect(statistics.updateRatio.get(name)).toBeCloseTo(
          (0.5 * Math.hypot(...values)) / Math.hypot(...own),
          4,
        );
    });
    const relu = statistics.activations.get(model.layers[1]?.name ?? "");
    expect(relu?.zeroFraction).toBeCloseTo(output.filter((value) => value === 0).length / output.length, 6);
    expect(relu?.saturatedFraction).toBe(relu?.zeroFraction);
    expect(relu?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(output.length);
    const softmax = statistics.activations.get(model.layers[2]?.name ?? "");
    expect(softmax?.meanAbs).toBeCloseTo(1 / 3, 6);
  });

  it("are of as many entries as asked for, but for norms, which are of all", async () => {
    const [batch, model] = [batchFor("mlp"), (models.mlp as () => tf.LayersModel)()];
    const at = { learningRate: 0.1, seed: 0 };
    const before = new Map(model.trainableWeights.map((weight, i) => [i, weight.read().dataSync()]));
    const all = stepOf(model, { histogramEntries: Number.POSITIVE_INFINITY });
    const few = stepOf(model, { histogramEntries: 5 });
    const [whole, sampled] = [await all.runSampled(batch, at), await few.runSampled(batch, at)];
    for (const [name, { histogram, log10Histogram, count, l2 }] of sampled.statistics.gradients) {
      const expected = whole.statistics.gradients.get(name);
      expect(count).toBe(expected?.count);
      expect(l2).toBeCloseTo(expected?.l2 as number, 6);
      const sampledFrom = count > 5 ? count : undefined;
      expect(histogram?.sampledFrom).toBe(sampledFrom);
      expect(log10Histogram?.sampledFrom).toBe(sampledFrom);
      expect(expected?.histogram?.sampledFrom).toBeUndefined();
      expect(sampled.statistics.updateRatio.get(name)).toBeCloseTo(
        whole.statistics.updateRatio.get(name) as number,
        6,
      );
    }
    [...whole.statistics.weights.values()].forEach(({ count, l2 }, i) => {
      expect(l2).toBeCloseTo(Math.hypot(...(before.get(i) as Float32Array)), 5);
      expect(count).toBe(before.get(i)?.length);
    });
  });

  it("look at the same entries of a weight, of its gradient and of each step", async () => {
    const model = (models.mlp as () => tf.LayersModel)();
    const step = stepOf(model, { histogramEntries: 5 });
    const kernel = model.trainableWeights[0]?.read() as tf.Tensor;
    for (let i = 0; i < 3; i++) {
      step.pull();
      const own = kernel.dataSync();
      const looked = Array.from(fixedSample(own.length, 5), (at) => Math.abs(own[at] as number));
      const { statistics } = await step.runSampled(batchFor("mlp"), { learningRate: 0.1, seed: i });
      const [weight] = statistics.weights.values();
      expect(weight?.meanAbs).toBeCloseTo(looked.reduce((sum, value) => sum + value, 0) / 5, 12);
      expect(weight?.max).toBeGreaterThanOrEqual(Math.max(...looked));
    }
  });

  it("hold only the histograms asked for", async () => {
    const step = stepOf((models.mlp as () => tf.LayersModel)(), { histograms: ["weights"] });
    const { statistics } = await step.runSampled(batchFor("mlp"), { learningRate: 0.1, seed: 0 });
    const [gradient] = statistics.gradients.values();
    const [weight] = statistics.weights.values();
    expect(gradient).not.toHaveProperty("histogram");
    expect(weight).toHaveProperty("histogram");
  });

  it("miss no entry that is not finite, wherever it is", async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 40, inputShape: [6] }), tf.layers.dense({ units: 3 })],
    });
    const kernel = model.layers[0]?.trainableWeights[0]?.read() as tf.Variable;
    const looked = new Set(fixedSample(kernel.size, 5));
    const at = Array.from(kernel.dataSync().keys()).find((i) => !looked.has(i)) as number;
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      kernel.assign(
        tf.tensor(
          kernel.dataSync().map((_, i) => (i === at ? wrong : 0.1)),
          kernel.shape,
        ),
      );
      const step = stepOf(model, { histogramEntries: 5 });
      const { statistics } = await step.runSampled(batchFor("mlp"), { learningRate: 0.1, seed: 0 });
      const first = [statistics.weights, statistics.activations].map(
        (all) => [...all.values()][0]?.nonFinite,
      );
      for (const nonFinite of first) expect(nonFinite).toBeGreaterThan(0);
    }
  });
});
