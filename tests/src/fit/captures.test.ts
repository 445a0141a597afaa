/** What captures cost is told: each kind of step and each size of a batch has one. */
import { expect, it } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import type { tf } from "../../../src/native/index.js";
import { compareRuns, readRun } from "../../../src/track/index.js";
import { digits, model, stage, track } from "./trainingScene.js";

stage();

const options = { epochs: 1, batchSize: 64 };
const places = (captures: readonly { kind: string; batchSize: number | undefined }[]) =>
  captures.map(({ kind, batchSize }) => `${kind} ${batchSize ?? "-"}`).sort();

it("a training has one for each kind of step and size of batch, smaller last ones included", async () => {
  const run = await fitModel(model(), digits, { ...options, track: false });
  // 3000 = 46 * 64 + 56; all 500 of the validation are one batch.
  expect(places(run.captures)).toEqual(["evaluate 500", "train 56", "train 64"]);
  for (const { tracing, firstRun } of run.captures) {
    expect(tracing).toBeGreaterThan(0);
    expect(firstRun).toBeGreaterThan(0);
  }
  const milliseconds = run.captures.flatMap(({ tracing, firstRun }) => [tracing, firstRun ?? Number.NaN]);
  expect(run.captureMilliseconds).toBeCloseTo(
    milliseconds.reduce((sum, value) => sum + value, 0),
    6,
  );
  expect(run.captureMilliseconds).toBeLessThan(run.seconds * 1000);
  const seconds = (run.captureMilliseconds / 1000).toFixed(1);
  expect(`${run}`).toContain(` s, ${seconds} s of it for 3 captures\n`);
});

it("an equal model trained later costs none; another size of batch costs its own", async () => {
  await fitModel(model(), digits, { ...options, track: false });
  const again = await fitModel(model(3), digits, { ...options, track: false });
  expect(again.captures).toEqual([]);
  expect(again.captureMilliseconds).toBe(0);
  expect(`${again}`).toMatch(/^mlp: finished after 1 epoch in [\d.]+ s\n/);
  const other = await fitModel(model(), digits, { ...options, batchSize: 100, track: false });
  expect(places(other.captures)).toEqual(["train 100"]);
});

it("keeps them with the run, and out of comparisons", async () => {
  const of = (batchSize: number) =>
    fitModel(model(), digits, { epochs: 1, batchSize, track: { ...track("costs"), sampleEvery: 5 } });
  const first = await of(250);
  const { captures } = readRun(first.dir as string).record.environment as { captures: never[] };
  // That of validation is the earlier trainings': what a sampled step measures is no part of it.
  expect(places(captures)).toEqual(["sampled 250", "train 250"]);
  expect(captures).toHaveLength(first.captures.length);
  first.captures.forEach(({ tracing, firstRun }, i) => {
    const kept = captures[i] as { tracing: number; firstRun: number };
    expect(kept.tracing).toBeCloseTo(tracing, 1);
    expect(kept.firstRun).toBeCloseTo(firstRun as number, 1);
  });
  const second = await of(125);
  const compared = JSON.stringify(compareRuns([first.dir as string, second.dir as string]));
  expect(compared).toContain("batchSize");
  expect(compared).not.toContain("tracing");
});

it("a training in parts has those of its parts and updates", async () => {
  const run = await fitModel(model(), digits, { ...options, accumulate: 2, track: false });
  expect(places(run.captures)).toEqual(["part 56", "part 64", "update -"]);
});

it("steps that share a call have one together", async () => {
  const run = await fitModel(model(), digits, { ...options, stepsPerExecution: 4, track: false });
  const [several, ...more] = run.captures.filter(({ kind }) => kind === "several");
  expect(more).toEqual([]);
  expect(several?.batchSize).toBe(64);
  expect(several?.tracing).toBeGreaterThan(0);
  expect(several?.firstRun).toBeGreaterThan(0);
});

it("a training whose layers change on the way has the sum of each kind, and counts them", async () => {
  const changing = model();
  const hidden = changing.layers.find(({ weights }) => weights.length > 0) as tf.layers.Layer;
  const epoch = () => {
    hidden.trainable = !hidden.trainable;
  };
  const run = await fitModel(changing, digits, {
    ...{ epochs: 3, batchSize: 48, track: false },
    callbacks: { epoch },
  });
  const counts = run.captures.map(({ kind, batchSize, count }) => [kind, batchSize, count]);
  // 3000 = 62 * 48 + 24; frozen in the second epoch alone. What validates does not ask what is trained.
  expect(counts.filter(([kind]) => kind === "train")).toEqual([
    ["train", 48, 2],
    ["train", 24, 2],
  ]);
  const made = run.captures.reduce((sum, { count }) => sum + count, 0);
  expect(`${run}`).toContain(` s of it for ${made} captures\n`);
});
