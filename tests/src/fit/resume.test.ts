/** A training that is cut short and gone on with equals the one that was not, to the last bit. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import type { FitInterrupted } from "../../../src/fitRun.js";
import { tf } from "../../../src/native/index.js";
import { adam, schedules } from "../../../src/optim/index.js";
import { readRun } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { digits, model, stage } from "./trainingScene.js";

const program = fileURLToPath(new URL("resumeTraining.mjs", import.meta.url));

interface Ended {
  readonly signal: string | null;
  readonly result: { dir: string; status: string; steps: number; history: unknown; weights: string };
  readonly stderr: string;
}

/** Runs resumeTraining.mjs to its end. */
async function training(options: object): Promise<Ended> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once("close", (...end) => resolve(end)),
  );
  if (code !== 0 && signal !== "SIGKILL") throw new Error(stderr);
  return { signal, result: stdout === "" ? undefined : JSON.parse(stdout), stderr };
}

const recorded = (dir: string) => {
  const { scalars, histograms, problems } = readRun(dir);
  const points = [...scalars].map(([tag, { steps, values }]) => [tag, [...steps], [...values]]);
  const shapes = [...histograms].map(([tag, of]) => [
    tag,
    of.map(({ step, histogram }) => [step, histogram]),
  ]);
  return { points: points.sort(), shapes: shapes.sort(), problems };
};

const checkpoints = (root: string) => {
  const [run = ""] = readdirSync(root);
  const folder = join(root, run, "checkpoints");
  return readdirSync(folder).map((name) => join(folder, name));
};

describe("after SIGKILL", { timeout: 120_000 }, () => {
  let whole: Ended;
  const ownFolder = mkdtempSync(join(tmpdir(), "tunelab-whole-"));
  beforeAll(async () => {
    whole = await training({ dir: ownFolder });
  });
  afterAll(() => rmSync(ownFolder, { recursive: true, force: true }));

  async function expectEqual({ result }: Ended) {
    const { dir: _, ...values } = result;
    const { dir: __, ...expected } = whole.result;
    expect(values).toEqual(expected);
    expect(recorded(result.dir)).toEqual(recorded(whole.result.dir));
  }

  it("goes on from the middle of an epoch, again and again", async () => {
    const dir = temporaryFolder();
    const checkpoint = { everySteps: 3 };
    expect((await training({ dir, checkpoint, killAtStep: 11 })).signal).toBe("SIGKILL");
    for (const killAtStep of [16, 20, 47])
      expect((await training({ dir, checkpoint, resume: "resumed", killAtStep })).signal).toBe("SIGKILL");
    await expectEqual(await training({ dir, checkpoint, resume: "resumed" }));
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it("goes on when it was killed within the write of a checkpoint", async () => {
    const dir = temporaryFolder();
    expect((await training({ dir, checkpoint: true, killInWrite: 3 })).signal).toBe("SIGKILL");
    expect(checkpoints(dir).some((file) => file.endsWith(".tmp"))).toBe(true);
    await expectEqual(await training({ dir, checkpoint: true, resume: "resumed" }));
    expect(checkpoints(dir).every((file) => file.endsWith(".safetensors"))).toBe(true);
  });

  it("passes over a torn checkpoint, and says so", async () => {
    const dir = temporaryFolder();
    await training({ dir, checkpoint: { everySteps: 2 }, killAtStep: 21 });
    const newest = checkpoints(dir).sort().at(-1) as string;
    truncateSync(newest, readFileSync(newest).length - 100);
    const ended = await training({ dir, resume: "resumed" });
    expect(ended.stderr).toContain("checkpoint step-000000020.safetensors is damaged and passed over");
    await expectEqual(ended);
  });
});

describe("in one process", () => {
  stage();
  const options = {
    optimizer: adam({ learningRate: 2e-3 }),
    epochs: 3,
    batchSize: 100,
    seed: 3,
    earlyStopping: { patience: 3 },
  };
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
    const refused = (
      change: { model?: tf.LayersModel; data?: typeof digits; resume?: string },
      more = {},
    ) => {
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
      expect.stringMatching(
        `^fit needs the same ${name} to resume run .* had ${had}; it was given ${given}$`,
      );
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
});
