import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fit as fitModel } from "../../src/fit.js";
import { readRun } from "../../src/track/index.js";
import { digits, model, stage, track } from "./fit/trainingScene.js";

stage();

it("records statistics, rows of each class and hashes of all splits before it trains", async () => {
  const run = await fitModel(model(), digits, {
    epochs: 1,
    maxSteps: 2,
    track: track("data"),
    progress: false,
  });
  const { data } = readRun(run.dir as string);
  expect(data?.record()).toMatchObject({
    dataset: "digits",
    sizes: { train: 3000, validation: 500, test: 10_000 },
    inputs: [{ shape: [28, 28, 1], columnCount: 1, all: { min: 0, max: 1, nonFinite: 0 } }],
  });
  const [target] = data?.record().targets ?? [];
  const counts = target?.kind === "classes" ? target.counts?.train : undefined;
  expect(counts?.reduce((sum, count) => sum + count)).toBe(3000);
  const { train, validation, test } = data?.hashes()?.hashes ?? {};
  expect([train?.length, validation?.length, test?.length]).toEqual([6000, 1000, 20_000]);
});

it("keeps the first record of a run that is resumed", async () => {
  const options = { epochs: 1, checkpoint: true, progress: false };
  const first = await fitModel(model(), digits, { ...options, track: track("again") });
  const file = join(first.dir as string, "data.json");
  const { ino } = statSync(file);
  const second = await fitModel(model(), digits, { ...options, epochs: 2, resume: first.dir as string });
  expect(second.dir).toBe(first.dir);
  expect(statSync(file).ino).toBe(ino);
});

it("trains on where a test split does not fit, and says what it lacks", async () => {
  const other = { ...digits.train, inputShape: [784] };
  const data = { ...digits, test: other };
  const run = await fitModel(model(), data, { epochs: 1, maxSteps: 2, track: track("odd"), progress: false });
  const { data: kept, record } = readRun(run.dir as string);
  expect(Object.keys(kept?.record().sizes ?? {})).toEqual(["train", "validation"]);
  expect(record.problems).toEqual([expect.stringContaining("without the test split: its rows are of [784]")]);
});

it("writes nothing where nothing is recorded", async () => {
  const run = await fitModel(model(), digits, { epochs: 1, maxSteps: 2, track: false, progress: false });
  expect(run.dir).toBeUndefined();
  expect(existsSync("data.json")).toBe(false);
});
