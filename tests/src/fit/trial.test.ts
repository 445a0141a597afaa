/** Trainings of a sweep's trial, whose run is the trial's to end. */
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { fit as fitModel } from "../../../src/fit.js";
import { sgd } from "../../../src/optim/index.js";
import { findRuns, openRun, readRun } from "../../../src/track/index.js";
import type { TrialSeam } from "../../../src/train/seams.js";
import { digits, folder, model, stage, track } from "./trainingScene.js";

stage();

it("throws TrialPruned and leaves the trial's own run to the trial", async () => {
  const run = openRun({ name: "trial", dir: folder });
  const trial: TrialSeam & { run: typeof run } = {
    ...{ number: 0, params: { units: 64 }, metric: "valAccuracy", signal: new AbortController().signal, run },
    report: () => {},
    shouldPrune: () => true,
  };
  await expect(fitModel(model(), digits, { epochs: 3, trial })).rejects.toThrow(TrialPruned);
  expect(run.finished).toBe(false);
  run.finish();
  const { record, scalars } = readRun(run.dir);
  expect(record.model?.parameters).toBe(784 * 64 + 64 + 640 + 10);
  expect(record.config).toMatchObject({ units: 64, optimizer: "adam", batchSize: 64 });
  expect(scalars.get("epoch/valAccuracy")?.values).toHaveLength(1);
});

it("marks a trial's run as failed when a training in it diverged, and leaves ending it to the trial", async () => {
  const run = openRun({ name: "diverged", dir: folder });
  const trial: TrialSeam & { run: typeof run } = {
    ...{ number: 0, params: {}, metric: undefined, signal: new AbortController().signal, run },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  await fitModel(model(), digits, { optimizer: sgd({ learningRate: 1e30 }), epochs: 2, trial });
  expect(run.record.status).toBe("running");
  run.finish("finished");
  expect(readRun(run.dir).record).toMatchObject({
    status: "failed",
    error: { message: expect.stringMatching(/^the loss became (NaN|Infinity) in epoch 1/) },
  });
});

it("records a trial's second training behind its first", async () => {
  const run = openRun({ name: "twice", dir: folder });
  const trial: TrialSeam & { run: typeof run } = {
    ...{ number: 0, params: {}, metric: undefined, signal: new AbortController().signal, run },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  const options = { epochs: 2, batchSize: 1000, trial };
  const first = await fitModel(model(), digits, options);
  const second = await fitModel(model(1), digits, options);
  run.finish();
  const { scalars } = readRun(run.dir);
  const epochs = scalars.get("epoch/valLoss");
  expect([...(epochs?.steps ?? [])]).toEqual([1, 2, 3, 4]);
  expect([...(epochs?.values ?? [])]).toEqual([...first.history.valLoss, ...second.history.valLoss]);
  expect([...(scalars.get("train/loss")?.steps ?? [])]).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

it("says of a run of its own that it was pruned, or stopped early, and why", async () => {
  const trial: TrialSeam = {
    ...{ number: 3, params: {}, metric: "valLoss", signal: new AbortController().signal },
    ...{ report: () => {}, shouldPrune: () => true },
  };
  const pruned = fitModel(model(), digits, { epochs: 3, trial, track: track("pruned") });
  await expect(pruned).rejects.toThrow(TrialPruned);
  const [dir = ""] = findRuns("pruned", { dir: folder });
  const { record } = readRun(dir);
  expect(record.status).toBe("pruned");
  expect(record.reason).toMatch(/^trial 3 was pruned after epoch 1: valLoss/);
  const earlyStopping = { patience: 1, minDelta: 100 };
  const stopped = await fitModel(model(), digits, { epochs: 9, earlyStopping, track: track("stopped") });
  expect(readRun(stopped.dir ?? "").record).toMatchObject({ status: "finished", reason: stopped.stopReason });
});

it("trains as a part of a run, in a trial only in the trial's own", async () => {
  const whole = openRun({ name: "whole", dir: folder });
  const options = { epochs: 1, batchSize: 1000 };
  const part = await fitModel(model(), digits, { ...options, track: { name: "part", parent: whole } });
  const named = await fitModel(model(), digits, {
    ...options,
    track: { name: "named", parent: "whole", dir: folder },
  });
  for (const { dir = "" } of [part, named]) {
    expect(readRun(dir).record.parent).toBe(whole.id);
    expect(dirname(dir)).toBe(folder);
  }
  const trial: TrialSeam & { run: typeof whole } = {
    ...{ number: 0, params: {}, metric: undefined, signal: new AbortController().signal, run: whole },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  await expect(fitModel(model(), digits, { ...options, trial, track: { parent: whole } })).rejects.toThrow(
    "track without parent in a sweep's trial, which records in the trial's run \"whole\"",
  );
  whole.finish();
});

it("tells how many samples a second it trains, apart from its own series", async () => {
  const began = performance.now();
  const run = openRun({ name: "speed", dir: folder, system: 0.1 });
  const trial: TrialSeam & { run: typeof run } = {
    ...{ number: 0, params: {}, metric: undefined, signal: new AbortController().signal, run },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  await fitModel(model(), digits, { epochs: 2, batchSize: 100, trial });
  const trained = 2 * digits.train.size;
  expect(run.samples).toBe(trained);
  const series = (name: string) => [...(readRun(run.dir).system?.get(`system/${name}`)?.values ?? [])];
  // One measurement may be under way; the one after it has seen all samples.
  const measured = () => series("load1").length;
  await expect
    .poll(measured, { message: "measurements after the training" })
    .toBeGreaterThanOrEqual(measured() + 2);
  run.finish();
  const seconds = (performance.now() - began) / 1000;
  const rates = series("samplesPerSecond");
  // In each at least one batch; all together are all that was trained, so the highest is at least the mean.
  for (const rate of rates) expect(rate).toBeGreaterThanOrEqual(100 / seconds);
  expect(Math.max(...rates)).toBeGreaterThanOrEqual(trained / seconds);
  expect([...readRun(run.dir).scalars.keys()].filter((tag) => tag.startsWith("system/"))).toEqual([]);
});
