/** A training that was cut short and is gone on with equals the one that was not, to the last bit. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import type { FitInterrupted } from "../../../src/fitRun.js";
import type { tf } from "../../../src/native/index.js";
import { readRun } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { recorded } from "./recorded.js";
import { resumable as options } from "./resumable.js";
import { digits, model, stage } from "./trainingScene.js";

stage();
const weights = (of: tf.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);

it("an interrupted training goes on where it was", async () => {
  const whole = model();
  const expected = await fitModel(whole, digits, { ...options, track: false });
  const dir = temporaryFolder();
  const controller = new AbortController();
  const stopping = {
    name: "constant",
    factor: ({ step }: { step: number }) => {
      if (step === 41) controller.abort();
      return 1;
    },
  };
  const cut = fitModel(model(), digits, {
    ...options,
    schedule: stopping,
    signal: controller.signal,
    checkpoint: { everyEpochs: 100 },
    track: { dir, name: "cut" },
  });
  const { run } = (await cut.catch((error) => error)) as FitInterrupted;
  expect(run.status).toBe("interrupted");
  expect(run.epochs).toBe(1);
  const rest = model();
  const resumed = await fitModel(rest, digits, {
    ...options,
    schedule: { name: "constant", factor: () => 1 },
    resume: run.dir as string,
  });
  expect(resumed.dir).toBe(run.dir);
  expect(resumed.history).toEqual(expected.history);
  expect(weights(rest)).toEqual(weights(whole));
  expect(readRun(run.dir as string).status).toBe("finished");
});

it("a finished training takes more epochs, an early stopped one stays stopped", async () => {
  const dir = temporaryFolder();
  const track = { dir, name: "more" };
  await fitModel(model(), digits, { ...options, epochs: 1, checkpoint: true, track });
  const more = model();
  const run = await fitModel(more, digits, {
    ...options,
    epochs: 2,
    checkpoint: true,
    track,
    resume: "more",
  });
  const whole = model();
  const expected = await fitModel(whole, digits, { ...options, epochs: 2, track: false });
  expect(run.history).toEqual(expected.history);
  expect(weights(more)).toEqual(weights(whole));
  const again = await fitModel(model(), digits, { ...options, epochs: 2, resume: "more", track: { dir } });
  expect(again.steps).toBe(run.steps);
  expect(again.history).toEqual(run.history);
  const strict = {
    ...options,
    earlyStopping: { patience: 1, minDelta: 100 },
    track: { dir, name: "stop" },
  };
  const stopped = await fitModel(model(), digits, { ...strict, checkpoint: true });
  expect(stopped.epochs).toBe(2);
  const still = await fitModel(model(), digits, { ...strict, resume: "stop" });
  expect(still.history).toEqual(stopped.history);
  expect(still.stopReason).toBe(stopped.stopReason);
});

it("a limit is a pause, between updates of several batches too", async () => {
  const dir = temporaryFolder();
  const several = { ...options, batchSize: 60, accumulate: 3, notFinite: "skip", epochs: 2 } as const;
  const whole = model();
  const expected = await fitModel(whole, digits, { ...several, track: { dir, name: "whole" } });
  const first = { ...several, checkpoint: true, track: { dir, name: "paused" } };
  const paused = await fitModel(model(), digits, { ...first, maxSteps: 5 });
  expect([paused.status, paused.stopReason, paused.steps, paused.epochs]).toEqual([
    "finished",
    "it took the 5 steps of its limit",
    5,
    0,
  ]);
  const again = await fitModel(model(), digits, { ...first, maxSteps: 20, resume: paused.dir as string });
  expect([again.steps, again.epochs]).toEqual([20, 1]);
  const rest = model();
  const run = await fitModel(rest, digits, { ...first, resume: paused.dir as string });
  expect(run.history).toEqual(expected.history);
  expect(weights(rest)).toEqual(weights(whole));
  expect(recorded(run.dir as string)).toEqual(recorded(expected.dir as string));
});

it("several steps in a call, whose samples count by their class, go on from the middle of an epoch", async () => {
  const dir = temporaryFolder();
  const weighed = { ...options, epochs: 2, classWeights: "balanced", stepsPerExecution: 4 } as const;
  const whole = model();
  const single = { ...weighed, stepsPerExecution: 1, track: { dir, name: "whole" } };
  const expected = await fitModel(whole, digits, single);
  const track = { dir, name: "cut" };
  const first = { ...weighed, checkpoint: true, track };
  const paused = await fitModel(model(), digits, { ...first, maxSteps: 7 });
  expect([paused.steps, paused.epochs]).toEqual([7, 0]);
  const rest = model();
  const run = await fitModel(rest, digits, { ...first, resume: "cut" });
  const kinds = [paused, run].flatMap(({ captures }) => captures.map(({ kind }) => kind));
  expect(kinds).toContain("several");
  expect(run.history).toEqual(expected.history);
  expect(weights(rest)).toEqual(weights(whole));
  expect(recorded(run.dir as string)).toEqual(recorded(expected.dir as string));
});

it("goes on training when checkpoints cannot be written, and says so", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const dir = temporaryFolder();
  const schedule = {
    name: "constant",
    factor({ step }: { step: number }) {
      const [run = ""] = readdirSync(dir);
      if (step === 0) writeFileSync(join(dir, run, "checkpoints"), "in the way");
      return 1;
    },
  };
  const run = await fitModel(model(), digits, {
    ...options,
    schedule,
    checkpoint: true,
    track: { dir },
  });
  expect(run.status).toBe("finished");
  const told = warn.mock.calls.flat().filter((line) => String(line).includes("writing checkpoint"));
  expect(told).toHaveLength(1);
  expect(readRun(run.dir as string).record.problems).toHaveLength(1);
  warn.mockRestore();
});

it("a resumed run says what it is trained with now, and keeps what else its configuration had", async () => {
  const dir = temporaryFolder();
  const before = {
    ...options,
    epochs: 1,
    stepsPerExecution: 2,
    rematerialize: true,
    checkpoint: true,
    track: { dir, name: "longer", config: { idea: "first" } },
  };
  const short = await fitModel(model(), digits, before);
  const had = readRun(short.dir as string).record.config;
  expect(had).toMatchObject({ epochs: 1, stepsPerExecution: 2, rematerialize: true, idea: "first" });
  const { rematerialize: _, ...rest } = had;
  await fitModel(model(), digits, { ...options, epochs: 2, resume: "longer", track: { dir } });
  expect(readRun(short.dir as string).record.config).toEqual({
    ...rest,
    epochs: 2,
    stepsPerExecution: "auto",
  });
});
