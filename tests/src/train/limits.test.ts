/** Limits, callbacks, and the best weights. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/index.js";
import type { tf } from "../../../src/native/index.js";
import { adam, ema } from "../../../src/optim/index.js";
import type { Callback } from "../../../src/train/callback.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { trainOnce } from "./trainOnce.js";

const data = arrays({
  x: Array.from({ length: 100 }, (_, i) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13]),
  y: Array.from({ length: 100 }, (_, i) => (Math.sin(i) > 0.2 ? 1 : 0)),
  validation: 20,
});
const model = () => mlp({ inputShape: [3], hidden: [8], classes: 2, seed: 4 });
const options: FitOptions = { epochs: 4, batchSize: 16, optimizer: adam({ learningRate: 0.02 }) };
const weightsOf = (of: tf.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);

it("maxSteps ends within an epoch, which is measured as it stands", async () => {
  const { steps, stopped, history, scalars } = await trainOnce(model(), data, { ...options, maxSteps: 7 });
  expect(steps).toBe(7);
  expect(stopped).toEqual({ why: "limit", reason: "it took the 7 steps of its limit" });
  expect(history.valLoss).toHaveLength(2);
  const losses = [...(scalars.get("train/loss")?.values() ?? [])];
  expect(history.loss[1]).toBeCloseTo(((losses[5] as number) + (losses[6] as number)) / 2, 6);
  const whole = await trainOnce(model(), data, { ...options, epochs: 2, maxSteps: 10 });
  expect(whole.history).toEqual((await trainOnce(model(), data, { ...options, epochs: 2 })).history);
});

it("maxSteps counts updates, of several batches each", async () => {
  const { steps, history } = await trainOnce(model(), data, { ...options, accumulate: 2, maxSteps: 3 });
  expect([steps, history.loss.length]).toEqual([3, 1]);
});

it("maxSeconds ends after the step that passes it", async () => {
  const slow: Callback = { step: () => new Promise((resolve) => setTimeout(resolve, 60)) };
  const limited = await trainOnce(model(), data, {
    ...options,
    epochs: 1000,
    maxSeconds: 0.2,
    callbacks: slow,
  });
  expect(limited.stopped).toEqual({ why: "limit", reason: "it took the 0.2 s of its limit" });
  expect(limited.steps).toBeLessThanOrEqual(4);
  expect(limited.steps).toBeGreaterThan(0);
});

it("callbacks are called in their order with what was measured, and may record", async () => {
  const calls: string[] = [];
  const losses: number[] = [];
  const first: Callback = {
    begin: ({ epochs, stepsPerEpoch, learningRate }) =>
      void calls.push(`begin ${epochs} ${stepsPerEpoch} ${learningRate}`),
    step({ step, epoch, loss, learningRate, log }) {
      calls.push(`step ${step} of epoch ${epoch}`);
      expect(learningRate).toBe(0.02);
      losses.push(loss);
      log({ "mine/double": 2 * loss });
    },
    epoch: ({ epoch, steps, values, history }) => {
      calls.push(`epoch ${epoch} ${steps} ${Object.keys(values)}`);
      expect(history.valLoss.at(-1)).toBe(values.valLoss);
    },
    end: () => void calls.push("end"),
  };
  const second: Callback = { epoch: async () => void calls.push("second") };
  const run = { ...options, epochs: 1, callbacks: [first, second] };
  const { scalars } = await trainOnce(model(), data, run);
  expect(calls).toEqual([
    "begin 1 5 0",
    ...[0, 1, 2, 3, 4].map((step) => `step ${step} of epoch 1`),
    "epoch 1 5 loss,accuracy,valLoss,valAccuracy",
    "second",
    "end",
  ]);
  expect([...(scalars.get("train/loss")?.values() ?? [])]).toEqual(losses);
  expect([...(scalars.get("mine/double") ?? [])]).toEqual(losses.map((loss, step) => [step, 2 * loss]));
});

it("callbacks stop a training, see its weights, and fail it", async () => {
  const atStep = await trainOnce(model(), data, {
    ...options,
    callbacks: { step: ({ step, stop }) => step === 6 && stop("seen enough") },
  } as FitOptions);
  expect(atStep.steps).toBe(7);
  expect(atStep.stopped).toEqual({ why: "callback", reason: "seen enough" });
  const seen: number[][][] = [];
  const watched = model();
  const atEpoch = await trainOnce(watched, data, {
    ...options,
    optimizer: ema(adam({ learningRate: 0.02 }), { decay: 0.5 }),
    callbacks: {
      epoch({ epoch, model: given, pull, stop }) {
        pull();
        seen.push(weightsOf(given));
        if (epoch === 2) stop();
      },
    },
  });
  expect(atEpoch.history.loss).toHaveLength(2);
  // Averaged ones, as validation has them and the trained model.
  expect(seen[1]).toEqual(weightsOf(watched));
  expect(seen[0]).not.toEqual(seen[1]);
  const failing = { ...options, callbacks: { step: () => Promise.reject(new RangeError("mine")) } };
  await expect(trainOnce(model(), data, failing)).rejects.toThrow("mine");
});

it("restoreBest gives back the weights of the best epoch without stopping early", async () => {
  const kept: number[][][] = [];
  const wild = { ...options, epochs: 6, optimizer: adam({ learningRate: 0.5 }), seed: 2 };
  const callbacks: Callback = {
    epoch({ model: given, pull }) {
      pull();
      kept.push(weightsOf(given));
    },
  };
  for (const [restoreBest, metric, sign] of [
    [true, "valLoss", 1],
    [{ monitor: "accuracy" }, "accuracy", -1],
  ] as const) {
    kept.length = 0;
    const { history, weights } = await trainOnce(model(), data, { ...wild, restoreBest, callbacks });
    const series = (history[metric] ?? []).map((value) => sign * value);
    const best = series.indexOf(Math.min(...series));
    expect(series).toHaveLength(6);
    expect(weights).toEqual(kept[best]);
  }
  expect((await trainOnce(model(), data, wild)).weights).toEqual(kept[5]);
});
