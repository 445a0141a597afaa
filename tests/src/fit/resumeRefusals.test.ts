/** What cannot be gone on with is refused by name, before anything is touched. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { adam, schedules } from "../../../src/optim/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { resumable as options } from "./resumable.js";
import { digits, model, stage } from "./trainingScene.js";

stage();

it("refuses what is not the same training, and touches nothing then", async () => {
  const dir = temporaryFolder();
  const track = { dir, name: "first" };
  const { dir: run } = await fitModel(model(), digits, { ...options, epochs: 1, checkpoint: true, track });
  const before = readFileSync(join(run as string, "run.json"), "utf8");
  const resume = (changed: object, of = model()) =>
    fitModel(of, digits, { ...options, epochs: 2, resume: "first", track: { dir }, ...changed });
  await expect(resume({ batchSize: 50 })).rejects.toThrow(
    /same batchSize to resume run "first-\w+", which had 100; it was given 50/,
  );
  await expect(resume({ optimizer: adam({ learningRate: 1 }) })).rejects.toThrow("same learningRate");
  await expect(resume({ schedule: schedules.step({ epochs: 1 }) })).rejects.toThrow("same schedule");
  await expect(resume({ track: { dir, name: "other" } })).rejects.toThrow(
    /track without name, or the same, to resume first-\w+, which keeps its name "first"; it was given "other"/,
  );
  await expect(resume({ track: { dir, tags: ["new"] } })).rejects.toThrow(
    'its tags []; it was given ["new"]',
  );
  await expect(resume({ track: { dir, group: "new" } })).rejects.toThrow("keeps its group undefined");
  const wider = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.dense({ units: 65, activation: "relu" }),
      tf.layers.dropout({ rate: 0.1 }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  await expect(resume({}, wider)).rejects.toThrow(/same model\.layers\.length .* had 5; it was given 4/);
  await expect(resume({ resume: "frist" })).rejects.toThrow('the nearest are "first"');
  expect(readFileSync(join(run as string, "run.json"), "utf8")).toBe(before);
});

it("refuses other data, another model and other numbers, by name with both values", async () => {
  const dir = temporaryFolder();
  const built = ({ rate = 0.1, activation = "relu" }: { rate?: number; activation?: "relu" | "sigmoid" }) =>
    tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [28, 28, 1] }),
        tf.layers.dense({ units: 8, activation }),
        tf.layers.dropout({ rate }),
        tf.layers.dense({ units: 10, activation: "softmax" }),
      ],
    });
  const restarts = { epochs: 1, growth: 2, minFactor: 0 } as const;
  const plateau = { monitor: "loss", patience: 3 };
  const joined = (options: typeof plateau) =>
    schedules.warmUp({ steps: 3, followedBy: schedules.reduceOnPlateau(options) });
  const first = {
    optimizer: adam({ beta1: 0.8 }),
    epochs: 1,
    batchSize: 500,
    schedule: schedules.cosineRestarts(restarts),
    earlyStopping: { monitor: "valLoss", patience: 3 },
    clipNorm: 1,
    labelSmoothing: 0.1,
    classWeights: { 3: 2 },
  };
  const started = { ...first, checkpoint: true };
  await fitModel(built({}), digits, { ...started, track: { dir, name: "first" } });
  const plateaued = { ...started, schedule: joined(plateau), track: { dir, name: "plateau" } };
  await fitModel(built({}), digits, plateaued);
  const refused = (change: { model?: tf.LayersModel; data?: typeof digits; resume?: string }, more = {}) => {
    const options = { ...first, resume: change.resume ?? "first", track: { dir }, ...more };
    const again = fitModel(change.model ?? built({}), change.data ?? digits, options);
    return expect(
      again.then(
        () => "accepted",
        ({ message }) => String(message),
      ),
    ).resolves;
  };
  const same = (name: string, had: string, given: string) =>
    expect.stringMatching(`^fit needs the same ${name} to resume run .* had ${had}; it was given ${given}$`);
  const { train, validation } = digits;
  const hash = '"[0-9a-f]{32}"';
  const negative = { ...digits, train: { ...train, x: train.x.map((value) => 1 - value) } };
  await refused({ data: negative }).toEqual(same("inputs", hash, hash));
  const one = { ...digits, train: { ...train, x: train.x.with(1_234_567, 0.123) } };
  await refused({ data: one }).toEqual(same("inputs", hash, hash));
  const held = validation as NonNullable<typeof validation>;
  const other = { ...digits, validation: { ...held, y: held.y.toReversed() as typeof held.y } };
  await refused({ data: other }).toEqual(same("validationTargets", hash, hash));
  await refused({ model: built({ rate: 0.9 }) }).toEqual(
    same("model\\.layers\\[2\\]\\.config\\.rate", "0.1", "0.9"),
  );
  await refused({ model: built({ activation: "sigmoid" }) }).toEqual(
    same("model\\.layers\\[1\\]\\.config\\.activation", '"relu"', '"sigmoid"'),
  );
  await refused({}, { schedule: schedules.cosineRestarts({ ...restarts, minFactor: 0.9 }) }).toEqual(
    same("scheduleSettings\\.minFactor", "0", "0.9"),
  );
  await refused({ resume: "plateau" }, { schedule: joined({ ...plateau, patience: 4 }) }).toEqual(
    same("schedule", ".*", ".*"),
  );
  const wary = schedules.warmUp({
    steps: 3,
    followedBy: schedules.reduceOnPlateau({ ...plateau, threshold: 0.5 }),
  });
  await refused({ resume: "plateau" }, { schedule: wary }).toEqual(
    same("scheduleSettings\\.parts\\[1\\]\\.threshold", "0.0001", "0.5"),
  );
  await refused({}, { earlyStopping: { ...first.earlyStopping, patience: 1 } }).toEqual(
    same("earlyStopping\\.patience", "3", "1"),
  );
  await refused({}, { earlyStopping: { ...first.earlyStopping, minDelta: 10 } }).toEqual(
    same("earlyStopping\\.minDelta", "0", "10"),
  );
  await refused({}, { optimizer: adam({ beta1: 0.9 }) }).toEqual(
    same("optimizerOptions\\.beta1", "0.8", "0.9"),
  );
  await refused({}, { clipNorm: 2 }).toEqual(same("clipNorm", "1", "2"));
  await refused({}, { labelSmoothing: 0.2 }).toEqual(same("labelSmoothing", "0.1", "0.2"));
  await refused({}, { classWeights: { 3: 4 } }).toEqual(same("classWeights\\[3\\]", "2", "4"));
  // The same, said in another order, goes on.
  await refused({}, { schedule: schedules.cosineRestarts({ minFactor: 0, growth: 2, epochs: 1 }) }).toBe(
    "accepted",
  );
});

it("refuses a run without a checkpoint, one that lives, and options that do not go together", async () => {
  const dir = temporaryFolder();
  await fitModel(model(), digits, { ...options, epochs: 1, track: { dir, name: "bare" } });
  const attempt = (more: object) => fitModel(model(), digits, { ...options, track: { dir }, ...more });
  await expect(attempt({ resume: "bare" })).rejects.toThrow('"bare" has none that is whole');
  await expect(attempt({ checkpoint: true, track: false })).rejects.toThrow(
    "needs a run on disk for checkpoint",
  );
  const schedule = { name: "mine", factor: () => 1, observe: () => {} };
  await expect(attempt({ checkpoint: true, schedule })).rejects.toThrow('"mine" has none');
});

it("refuses a run whose owner lives", async () => {
  const dir = temporaryFolder();
  let attempt: Promise<unknown> | undefined;
  const factor = ({ step }: { step: number }) => {
    const resume = { ...options, resume: "living", track: { dir } };
    if (step === 35) attempt = fitModel(model(), digits, resume).catch(({ message }) => message);
    return 1;
  };
  const first = { ...options, schedule: { name: "constant", factor }, checkpoint: { everySteps: 10 } };
  const { status } = await fitModel(model(), digits, { ...first, track: { dir, name: "living" } });
  expect(status).toBe("finished");
  expect(await attempt).toMatch(/its owner must have ended, but process \d+ .* still writes it/);
});
