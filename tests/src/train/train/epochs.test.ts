import { expect, it } from "vitest";
import { arrays } from "../../../../src/data/arrays.js";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import { trainOnce } from "../trainOnce.js";
import { noisy, small } from "./exampleTraining.js";

it("repeats itself to the last digit, weights included, and differs for another seed", async () => {
  const once = async (seed: number) => {
    const model = small();
    const { losses, history } = await trainOnce(model, noisy, { epochs: 3, batchSize: 16, seed });
    return { losses, history, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
  };
  const first = await once(1);
  expect(await once(1)).toEqual(first);
  expect((await once(2)).losses).not.toEqual(first.losses);
});

it("records each step, samples some, and gives epochs the mean over samples", async () => {
  const { losses, scalars, histograms, history, steps } = await trainOnce(small(), noisy, {
    epochs: 2,
    batchSize: 16,
    track: { sampleEvery: 5 },
  });
  expect(steps).toBe(14); // 100 samples: 6 batches of 16 and one of 4
  expect(losses).toHaveLength(14);
  const mean = losses.slice(0, 6).reduce((sum, loss) => sum + loss * 16, (losses[6] as number) * 4) / 100;
  expect(history.loss[0]).toBeCloseTo(mean, 12);
  expect(scalars.get("epoch/loss")?.get(1)).toBe(history.loss[0]);
  expect(scalars.get("epoch/valAccuracy")?.get(2)).toBe(history.valAccuracy[1]);
  expect(history.learningRate).toEqual([0.001, 0.001]);
  for (const tag of ["gradientMeanAbs/hidden_1/kernel", "updateRatio/output/bias", "activationZero/hidden_1"])
    expect([...(scalars.get(tag)?.keys() ?? [])], tag).toEqual([0, 5, 10]);
  for (const tag of ["gradients/hidden_1/kernel", "weights/output/kernel", "activations/hidden_1"])
    expect([...(histograms.get(tag)?.keys() ?? [])], tag).toEqual([0, 5, 10]);
});

it("counts right answers exactly, whatever the batches: a share is a quotient of whole numbers", async () => {
  const rows = Array.from({ length: 1_237 }, (_, i) => [Math.sin(i), Math.cos(i), i % 2]);
  const dataset = arrays({ x: rows, y: rows.map((_, i) => (i % 3 === 0 ? 1 : 0)), validation: 700 });
  const { history, scalars } = await trainOnce(small(), dataset, { epochs: 2, batchSize: 48 });
  for (const [name, size] of [
    ["accuracy", 537],
    ["valAccuracy", 700],
  ] as const) {
    const values = history[name] ?? [];
    expect(values).toEqual(values.map((value) => Math.round(value * size) / size));
    expect(values).toEqual([...(scalars.get(`epoch/${name}`)?.values() ?? [])]);
  }
  const accuracies = [...(scalars.get("train/accuracy")?.values() ?? [])];
  expect(accuracies).toContain(Math.round((accuracies[0] ?? 0) * 48) / 48);
});

it("measures without changing the numbers", async () => {
  const losses = async (sampleEvery: number) =>
    (await trainOnce(small(), noisy, { epochs: 2, batchSize: 16, track: { sampleEvery } })).losses;
  expect(await losses(1)).toEqual(await losses(1000));
});

it("stops early and gives the model the weights of its best epoch", async () => {
  const model = small();
  const earlyStopping = { monitor: "valLoss", patience: 2 };
  // A rate that makes it worse after a while.
  const options = { optimizer: sgd({ learningRate: 3 }), epochs: 60, batchSize: 16, earlyStopping };
  const { history, stopped } = await trainOnce(model, noisy, options);
  const best = history.valLoss.indexOf(Math.min(...history.valLoss));
  expect(stopped?.why).toBe("earlyStopping");
  expect(history.valLoss).toHaveLength(best + 1 + 2);
  const validation = noisy.validation;
  if (!validation) throw new Error("the data has a validation split");
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: sgd() });
  const x = tf.tensor(validation.x, [30, 3]);
  const y = tf.tensor1d(validation.y, "int32");
  expect((await step.evaluate({ x, y })).loss).toBeCloseTo(history.valLoss[best] as number, 5);
  step.dispose();
});
