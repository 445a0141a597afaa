import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCheckpoint } from "../../../../src/train/checkpoint/checkpointFile.js";
import { CheckpointFolder, newestCheckpoint } from "../../../../src/train/checkpoint/checkpointFolder.js";
import {
  type CheckpointOptions,
  checkpointPlan,
} from "../../../../src/train/checkpoint/checkpointOptions.js";
import { emptyHistory } from "../../../../src/train/history.js";
import type { SavedTraining } from "../../../../src/train/trainingState.js";
import { temporaryFolder } from "../../track/temporaryFolder.js";

const facts = { batchSize: 16 };

function saved(steps: number): SavedTraining {
  const tensor = { shape: [2], values: Float32Array.of(steps, 0.1) };
  return {
    state: {
      epochs: 1,
      batches: 2,
      steps,
      meter: { size: 3, loss: 0.1 + 0.2, totals: { accuracy: { sum: 2, count: 3 } } },
      history: { ...emptyHistory(), loss: [Number.NaN, 0.5] },
      learningRate: 0.1,
      pieces: 1,
      skipped: 0,
      seconds: 1,
      schedule: { best: Number.POSITIVE_INFINITY },
      earlyStopping: { best: Number.NaN, bestEpoch: 0, epoch: 1 },
    },
    step: { updates: steps, weights: [{ name: "dense/kernel", ...tensor, slots: { m: tensor, v: tensor } }] },
    best: [tensor],
  };
}

function made(options: CheckpointOptions = {}, dir = join(temporaryFolder(), "checkpoints")) {
  const told: string[] = [];
  const plan = checkpointPlan(options, ["loss", "accuracy", "valLoss", "valAccuracy"]);
  const folder = new CheckpointFolder(dir, {
    plan: plan as NonNullable<typeof plan>,
    facts,
    layers: ["dense"],
    tell: (sentence) => void told.push(sentence),
  });
  return { dir, folder, told };
}

const stepsIn = (dir: string) => readdirSync(dir).map((name) => Number(/^step-(\d+)/.exec(name)?.[1]));

test("gives back everything, NaN and infinities too", async () => {
  const { dir, folder } = made();
  await folder.save(saved(5));
  expect(readCheckpoint(join(dir, "step-000000005.safetensors"))).toEqual({
    ...saved(5),
    facts,
    layers: ["dense"],
  });
});

test("keeps the newest ones and the best", async () => {
  const { dir, folder } = made({ keepLast: 2 });
  const losses = [0.9, 0.3, 0.5, 0.4, Number.NaN];
  for (const [i, valLoss] of losses.entries()) await folder.save(saved(10 * (i + 1)), { valLoss });
  expect(stepsIn(dir)).toEqual([20, 40, 50]);
  await folder.save(saved(55));
  expect(stepsIn(dir)).toEqual([20, 50, 55]);
  // Another process, which has to read which was the best.
  const later = made({ keepLast: 1 }, dir).folder;
  expect(later.isDueAfterEpoch(6, { valLoss: 0.31 })).toBe(true);
  await later.save(saved(60), { valLoss: 0.31 });
  expect(stepsIn(dir)).toEqual([20, 60]);
  await later.save(saved(70), { valLoss: 0.2 });
  expect(stepsIn(dir)).toEqual([70]);
});

test("without keepBest, or by another metric", async () => {
  const plain = made({ keepLast: 1, keepBest: false });
  for (const valLoss of [0.1, 0.2]) await plain.folder.save(saved(10 * valLoss * 10), { valLoss });
  expect(stepsIn(plain.dir)).toEqual([20]);
  const other = made({ keepLast: 1, monitor: "valAccuracy" });
  for (const [i, valAccuracy] of [0.7, 0.9, 0.8].entries())
    await other.folder.save(saved(i), { valAccuracy, valLoss: 1 - i });
  expect(stepsIn(other.dir)).toEqual([1, 2]);
});

test("is due every n epochs or steps, and at the best epoch", async () => {
  const epochs = made({ everyEpochs: 3 }).folder;
  expect([1, 2, 3, 4].filter((epoch) => epochs.isDueAfterEpoch(epoch, {}))).toEqual([3]);
  expect([1, 2, 3].filter((step) => epochs.isDueAfterStep(step))).toEqual([]);
  const steps = made({ everySteps: 4 }).folder;
  expect([1, 4, 6, 8].filter((step) => steps.isDueAfterStep(step))).toEqual([4, 8]);
  expect(steps.isDueAfterEpoch(1, { valLoss: 0.5 })).toBe(true);
  await steps.save(saved(1), { valLoss: 0.5 });
  expect(steps.isDueAfterEpoch(2, { valLoss: 0.6 })).toBe(false);
  expect(steps.isDueAfterEpoch(3, { valLoss: 0.4 })).toBe(true);
});

test("passes over damaged ones and says so", async () => {
  const { dir, folder } = made({ keepLast: 4 });
  for (const steps of [1, 2, 3, 4]) await folder.save(saved(steps));
  const damage = (steps: number, change: (bytes: Buffer) => Buffer) => {
    const file = join(dir, `step-00000000${steps}.safetensors`);
    writeFileSync(file, change(readFileSync(file)));
  };
  damage(4, (bytes) => bytes.subarray(0, bytes.length - 3));
  damage(3, (bytes) => bytes.fill(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2, bytes.length - 1));
  damage(2, () => Buffer.alloc(0));
  const told: string[] = [];
  const tell = (sentence: string) => void told.push(sentence);
  expect(newestCheckpoint(dir, tell)?.state.steps).toBe(1);
  expect(told).toEqual([
    'checkpoint step-000000004.safetensors is damaged and passed over: it ends inside the tensor "best/0"',
    "checkpoint step-000000003.safetensors is damaged and passed over: its checksum does not fit its content",
    "checkpoint step-000000002.safetensors is damaged and passed over: it ends inside its header",
  ]);
  damage(1, () => Buffer.from("garbage, and longer than eight bytes"));
  expect(newestCheckpoint(dir, tell)).toBeUndefined();
  // They stand in nobody's way.
  const { folder: later } = made({ keepLast: 1 }, dir);
  await later.save(saved(5), { valLoss: 1 });
  expect(stepsIn(dir)).toEqual([5]);
});

test("removes what a killed process left half written", async () => {
  const { dir, folder } = made();
  await folder.save(saved(1));
  writeFileSync(join(dir, ".step-000000002.safetensors.4711.3.tmp"), "half");
  await made({}, dir).folder.save(saved(2));
  expect(stepsIn(dir)).toEqual([1, 2]);
});

test("tells once what the disk refuses, and goes on", async () => {
  const blocked = join(temporaryFolder(), "checkpoints");
  writeFileSync(blocked, "a file where the folder belongs");
  const { folder, told } = made({}, blocked);
  await folder.save(saved(1));
  await folder.save(saved(2));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^writing checkpoint step-000000001\.safetensors failed, training goes on: EEXIST/);
});

test("tells once when the disk does not say which was the best, and goes on", async () => {
  const { dir, folder } = made({ everySteps: 1 });
  await folder.save(saved(1), { valLoss: 0.5 });
  // A folder in a file's place cannot be read as one, whoever asks.
  mkdirSync(join(dir, "step-000000002.safetensors"));
  const later = made({ everySteps: 1 }, dir);
  expect(later.folder.isDueAfterEpoch(2, { valLoss: 0.4 })).toBe(false);
  await later.folder.save(saved(3), { valLoss: 0.4 });
  expect(later.told).toEqual([
    expect.stringMatching(/^reading the checkpoints failed, training goes on: EISDIR/),
  ]);
  const without = made({ everySteps: 1, keepBest: false }, dir);
  expect(without.folder.isDueAfterEpoch(2, { valLoss: 0.4 })).toBe(false);
  expect(without.told).toEqual([]);
});

test("one whose header is no object is damaged, and the best of nothing", async () => {
  const { dir, folder } = made({ everySteps: 1 });
  await folder.save(saved(1), { valLoss: 0.5 });
  const header = Buffer.from("null    ");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(join(dir, "step-000000002.safetensors"), Buffer.concat([length, header]));
  const later = made({ everySteps: 1 }, dir);
  expect(later.folder.isDueAfterEpoch(2, { valLoss: 0.6 })).toBe(false);
  expect(later.folder.isDueAfterEpoch(2, { valLoss: 0.4 })).toBe(true);
  expect(later.told).toEqual([]);
});

test.each([
  [{ everyEpochs: 0 }, "everyEpochs to be a whole number of at least 1; it was given 0"],
  [{ everySteps: 1.5 }, "everySteps to be a whole number of at least 1; it was given 1.5"],
  [{ keepLast: 0 }, "keepLast to be a whole number of at least 1; it was given 0"],
  [{ monitor: "cost" }, 'what is measured here (loss, accuracy); it was given "cost"'],
  [{ everyStep: 3 }, 'it was given "everyStep", the nearest is "everySteps"'],
])("refuses %o", (options, sentence) => {
  expect(() => checkpointPlan(options as CheckpointOptions, ["loss", "accuracy"])).toThrow(sentence);
});
