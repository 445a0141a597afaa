/** Trainings that are cut short or refused: each says why and leaves no run open. */
import { expect, it } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import { FitInterrupted } from "../../../src/fitRun.js";
import { tf } from "../../../src/native/index.js";
import { sgd } from "../../../src/optim/index.js";
import { openRuns, readRun } from "../../../src/track/index.js";
import { digits, model, stage, track } from "./trainingScene.js";

const scene = stage();

it("keeps a run whose loss becomes NaN, as failed and with the reason", async () => {
  const run = await fitModel(model(), digits, {
    optimizer: sgd({ learningRate: 1e20 }),
    epochs: 3,
    track: track("nan"),
  });
  expect(run.status).toBe("failed");
  expect(run.stopReason).toMatch(/^the loss became (NaN|Infinity) in epoch 1, at step \d+$/);
  const { record } = readRun(run.dir ?? "");
  expect(record.status).toBe("failed");
  expect(record.error?.message).toBe(run.stopReason);
  expect(run.best("valLoss")).toBeNaN();
});

it.each([Number.NaN, Number.NEGATIVE_INFINITY])(
  "refuses to begin where a weight is %d already",
  async (value) => {
    const spoiled = model();
    const [kernel, ...rest] = spoiled.getWeights();
    const values = Float32Array.from(kernel?.dataSync() ?? []);
    values[values.length - 1] = value;
    spoiled.setWeights([tf.tensor(values, kernel?.shape), ...rest]);
    const name = spoiled.weights[0]?.name;
    await expect(fitModel(spoiled, digits, { epochs: 1, track: track("spoiled") })).rejects.toThrow(
      `fit needs weights that are finite numbers; ${name} of "${spoiled.name}" holds NaN or an infinity before the first step`,
    );
    expect(openRuns()).toEqual([]);
  },
);

it("is interrupted within a step, marks the run and throws what was done", async () => {
  const { controller } = scene;
  let late = 0;
  const callbacks = {
    step: ({ step }: { readonly step: number }) => {
      if (controller.signal.aborted) late++;
      // As a person's interrupt comes: in a turn of the event loop of its own.
      if (step === 20) setTimeout(() => controller.abort());
    },
  };
  const options = { epochs: 10_000, batchSize: 32, track: track("stopped"), callbacks };
  const error = await fitModel(model(), digits, options).catch((thrown: unknown) => thrown);
  expect(late).toBeLessThanOrEqual(1);
  if (!(error instanceof FitInterrupted)) throw error;
  expect(error.message).toContain(`what it recorded is kept: runs({ runs: "${error.run.id}" }) lists it`);
  expect(error.run.status).toBe("interrupted");
  expect(error.run.steps).toBeGreaterThanOrEqual(20);
  const { record, scalars } = readRun(error.run.dir ?? "");
  expect(record.status).toBe("interrupted");
  expect(scalars.get("train/loss")?.values).toHaveLength(error.run.steps);
  expect(openRuns()).toEqual([]);
});

it("is told by its signal, its trial's and its host's", async () => {
  const aborted = AbortSignal.abort();
  await expect(fitModel(model(), digits, { signal: aborted, track: false })).rejects.toThrow(FitInterrupted);
  // Nothing was measured yet, and nothing stands in its place.
  expect(scene.shown.at(-1)).toMatch(/: interrupted, 0 epochs in [\d.]+ s$/);
  const trial = {
    number: 0,
    params: {},
    metric: undefined,
    signal: aborted,
    report: () => {},
    shouldPrune: () => false,
  };
  await expect(fitModel(model(), digits, { trial, track: false })).rejects.toThrow(FitInterrupted);
});

/** A layer without a gradient. */
class Rounded extends tf.layers.Layer {
  static readonly className = "Rounded";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.cumprod(x as tf.Tensor, 1);
  }
}

it("names the layer that cannot be trained, and keeps no run open", async () => {
  const bad = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.dense({ units: 10, name: "before" }),
      new Rounded({ name: "rounded" }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  await expect(fitModel(bad, digits, { epochs: 1, track: track("bad") })).rejects.toThrow(
    'layer "rounded" (Rounded)',
  );
  expect(openRuns()).toEqual([]);
});

it("refuses to train a model twice at once", async () => {
  const shared = model();
  const first = fitModel(shared, digits, { epochs: 1, track: false });
  await expect(fitModel(shared, digits, { epochs: 1, track: false })).rejects.toThrow(
    'not being trained; "mlp" is',
  );
  expect((await first).status).toBe("finished");
});
