import { expect, it, vi } from "vitest";
import { Interrupted } from "../../../../src/base/errors.js";
import { arrays } from "../../../../src/data/arrays.js";
import { binding } from "../../../../src/native/binding.js";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import type { FitOptions } from "../../../../src/train/fitOptions.js";
import { emptyHistory } from "../../../../src/train/history.js";
import type { TrainingLog } from "../../../../src/train/surroundings.js";
import { trainOnce } from "../trainOnce.js";
import { noisy, small, trialThatPrunesAfter } from "./exampleTraining.js";

it("ends with the step whose loss is no number, keeping what was measured", async () => {
  const options = { optimizer: sgd({ learningRate: 1e30 }), epochs: 5, batchSize: 16 };
  const { history, stopped, steps } = await trainOnce(small(), noisy, options);
  expect(stopped?.why).toBe("notFinite");
  expect(stopped?.reason).toMatch(/^the loss became (NaN|Infinity) in epoch 1, at step \d+$/);
  expect(history.loss).toHaveLength(1);
  expect(steps).toBeLessThan(7);
});

it("is interrupted in the middle of an epoch, with what was done kept in model and log", async () => {
  const controller = new AbortController();
  const model = small();
  const before = [...(model.getWeights()[0]?.dataSync() ?? [])];
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  const stop = setInterval(() => log.steps >= 20 && controller.abort(), 1);
  const options = { epochs: 1e6, batchSize: 16, signal: controller.signal };
  await expect(trainOnce(model, noisy, options, { log })).rejects.toThrow(Interrupted);
  clearInterval(stop);
  expect(log.steps).toBeGreaterThanOrEqual(20);
  // The last full epoch may have been interrupted in its validation.
  expect(Math.floor(log.steps / 7) - log.history.loss.length).toBeOneOf([0, 1]);
  expect([...(model.getWeights()[0]?.dataSync() ?? [])]).not.toEqual(before);
});

it("an interrupt stays one where no checkpoint can be written then, which is told", async () => {
  const controller = new AbortController();
  const stop = { step: ({ step }: { step: number }) => void (step === 3 && controller.abort()) };
  const told: string[] = [];
  const checkpoints = {
    isDueAfterStep: () => false,
    isDueAfterEpoch: () => false,
    save: () => Promise.reject(new Error("no state")),
  };
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  const around = { checkpoints, tell: (sentence: string) => void told.push(sentence) };
  const options = { batchSize: 16, callbacks: stop, signal: controller.signal };
  await expect(trainOnce(small(), noisy, options, { log, around })).rejects.toThrow(Interrupted);
  expect(log.steps).toBe(4);
  expect(told).toEqual(["writing a checkpoint at the interrupt failed: no state"]);
});

it("leaves no tensors behind, however it ends", async () => {
  const { trial } = trialThatPrunesAfter(1);
  const model = small();
  const once = async (options: FitOptions) => trainOnce(model, noisy, options).catch(() => {});
  await once({ epochs: 1 });
  const before = tf.memory().numTensors;
  await once({ epochs: 2, batchSize: 16, earlyStopping: { patience: 1 }, classWeights: "balanced" });
  await once({ epochs: 2, trial });
  await once({ epochs: 2, signal: AbortSignal.abort() });
  expect(tf.memory().numTensors).toBe(before);
});

it("leaves no tensors behind when the validation data does not reach the device", async () => {
  const model = small();
  const rows = Array.from({ length: 2_000 }, (_, i) => [i, 1, 0]);
  const { train: validation } = arrays({ x: rows, y: rows.map((_, i) => i % 2) });
  const options = { epochs: 1, validation };
  await trainOnce(model, noisy, options);
  const before = tf.memory().numTensors;
  const executeOp = binding.executeOp.bind(binding);
  let gathered = 0;
  const broken = vi.spyOn(binding, "executeOp").mockImplementation((name, ...call) => {
    if (name === "GatherV2" && ++gathered === 6) throw new RangeError("the device is full");
    return executeOp(name, ...call);
  });
  await expect(trainOnce(model, noisy, options)).rejects.toThrow("the device is full");
  broken.mockRestore();
  expect(tf.memory().numTensors).toBe(before);
});
