import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import { batchFor, models, stepOf, train, weightsOf } from "./exampleSteps.js";

const { batchNormalization, dense } = tf.layers;

it("starts from and ends with the model's own weights, and agrees with its predict", async () => {
  const model = (models["cnn with batch norm"] as () => tf.LayersModel)();
  const batch = batchFor("cnn");
  const before = weightsOf(model);
  const step = stepOf(model);
  await train(step, batch, 3);
  expect(weightsOf(model)).toEqual(before);
  const { loss, metrics } = await step.evaluate(batch);
  step.dispose();
  const probabilities = (model.predict(batch.x) as tf.Tensor).arraySync() as number[][];
  const labels = Array.from(batch.y.dataSync());
  const expected = probabilities.map((row, i) => -Math.log(row[labels[i] as number] as number));
  expect(loss).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / labels.length, 5);
  const right = probabilities.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length;
  expect(metrics.accuracy).toBeCloseTo(right / labels.length, 6);
  expect(weightsOf(model)).not.toEqual(before);
});

it("moves batch norm's averages by its momentum, with the biased variance", async () => {
  const model = tf.sequential({
    layers: [
      batchNormalization({ momentum: 0.8, inputShape: [6] }),
      dense({ units: 3, activation: "softmax" }),
    ],
  });
  const batch = batchFor("mlp");
  const step = stepOf(model);
  await train(step, batch, 1);
  step.dispose();
  const columns = (batch.x.transpose().arraySync() as number[][]).map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return { mean, variance: column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length };
  });
  const [, , mean, variance] =
    model.layers[0]?.getWeights().map((weight) => Array.from(weight.dataSync())) ?? [];
  columns.forEach((column, i) => {
    expect(mean?.[i]).toBeCloseTo(0.2 * column.mean, 5);
    expect(variance?.[i]).toBeCloseTo(0.8 + 0.2 * column.variance, 5);
  });
});

it("dropout follows the seed of the step", async () => {
  const make = models["mlp with dropout and penalties"] as () => tf.LayersModel;
  const batch = batchFor("mlp");
  const first = async (seed: number) => (await stepOf(make()).run(batch, { learningRate: 0.01, seed })).loss;
  expect(await first(5)).toBe(await first(5));
  expect(await first(5)).not.toBe(await first(6));
});

it("counts the penalties of regularisers into the loss", async () => {
  const kernel = [[0.5], [-2]];
  const layer = dense({ units: 1, inputShape: [2], kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) });
  const model = tf.sequential({ layers: [layer] });
  layer.setWeights([tf.tensor2d(kernel), tf.zeros([1])]);
  const batch = { x: tf.zeros([4, 2]), y: tf.zeros([4, 1]) };
  const step = stepOf(model, { loss: "meanSquaredError" });
  expect((await step.evaluate(batch)).loss).toBeCloseTo(0.1 * (0.25 + 4), 6);
  expect((await step.run(batch, { learningRate: 0, seed: 0 })).loss).toBeCloseTo(0.425, 6);
});

it("weighs samples as the batch says", async () => {
  const batch = batchFor("mlp", 4);
  const make = models.mlp as () => tf.LayersModel;
  const model = make();
  const step = stepOf(model);
  const weighted = await step.evaluate({ ...batch, weights: tf.tensor1d([2, 0, 0, 0]) });
  const first = { x: batch.x.slice([0, 0], [1, 6]), y: batch.y.slice([0], [1]) };
  expect(weighted.loss).toBeCloseTo((2 * (await step.evaluate(first)).loss) / 4, 5);
});

it("clips by the global norm", async () => {
  const make = models.mlp as () => tf.LayersModel;
  const batch = batchFor("mlp");
  const change = async (clipNorm: number | undefined) => {
    const model = make();
    const before = weightsOf(model).flat();
    const step = stepOf(model, { optimizer: sgd(), ...(clipNorm !== undefined && { clipNorm }) });
    const { statistics } = await step.runSampled(batch, { learningRate: 1, seed: 0 });
    step.pull();
    const after = weightsOf(model).flat();
    return { norm: Math.hypot(...after.map((value, i) => value - (before[i] as number))), statistics };
  };
  const free = await change(undefined);
  expect(free.norm).toBeCloseTo(free.statistics.gradientNorm, 4);
  const clipped = await change(0.01);
  expect(clipped.norm).toBeCloseTo(0.01, 5);
  expect(clipped.statistics.gradientNorm).toBeCloseTo(free.statistics.gradientNorm, 5);
  expect((await change(1e6)).norm).toBeCloseTo(free.norm, 5);
});

it("respects a weight's constraint", async () => {
  const layer = dense({
    units: 3,
    inputShape: [6],
    activation: "softmax",
    kernelConstraint: tf.constraints.nonNeg(),
  });
  const model = tf.sequential({ layers: [layer] });
  const step = stepOf(model);
  await train(step, batchFor("mlp"), 2);
  step.dispose();
  expect(Math.min(...(layer.getWeights()[0]?.dataSync() ?? []))).toBeGreaterThanOrEqual(0);
});
