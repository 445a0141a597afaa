/** Prescriptions tried on copies of real trainings. */
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { Interrupted } from "../../../src/base/errors.js";
import { installHost } from "../../../src/base/host.js";
import { random } from "../../../src/base/random.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { fitted } from "../../../src/fitKept.js";
import { fixRun } from "../../../src/fix/fixRun.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import {
  adam,
  data,
  doctor,
  type FitCallback,
  FixInterrupted,
  models,
  sgd,
  tf,
  fit as train,
} from "../../../src/index.js";
import { readRun, readRunRecord } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const circle = data.circle({ samples: 600, factor: 0.5, noise: 0.1, validation: 200, seed: 3 });

/** Gradients that vanish on their way through eight sigmoids. */
async function vanishing(dir: string, callbacks: FitCallback[] = []) {
  const model = models.mlp({ inputShape: [2], hidden: Array(8).fill(16), classes: 2, activation: "sigmoid" });
  const run = await train(model, circle, {
    optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }),
    epochs: 30,
    batchSize: 32,
    seed: 5,
    progress: false,
    callbacks,
    track: { name: "deep", dir, system: false },
  });
  return { model, run };
}

describe("run.fix", () => {
  it("trains copies with what is prescribed until no alarm is left, and leaves the run and its model", async () => {
    const dir = temporaryFolder();
    const { model, run } = await vanishing(dir);
    expect(run.doctor().top).toBeDefined();
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
    const said: string[] = [];
    const fix = await run.fix({ say: (line) => said.push(line) });
    expect(fix.improved).toBe(true);
    expect(fix.after.outcome!.value).toBeGreaterThan(fix.before.outcome!.value + 0.1);
    expect(fix.applied.length).toBeGreaterThan(0);
    expect(fix.changes.model.activation).not.toBe("sigmoid");
    expect(fix.attempts.length).toBeLessThanOrEqual(4);
    expect(said.filter((line) => /^\d of at most 4: /.test(line)).length).toBeGreaterThanOrEqual(
      fix.attempts.length,
    );
    // The training that was looked at stays as it is.
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights);
    expect(fix.before.dir).toBe(run.dir);
    for (const { dir: part } of fix.attempts) {
      const record = readRunRecord(part);
      expect(record).toMatchObject({ parent: run.id, seed: 5, config: { optimizer: "sgd" } });
    }
    // A machine that takes long tries a few epochs first.
    const whole = readdirSync(dir).filter((name) => !name.includes("-probe-"));
    const tried = fix.attempts.filter(({ probe }) => !probe).map(({ dir: part }) => part);
    expect(whole).toHaveLength(1 + new Set(tried).size);
    expect(JSON.parse(JSON.stringify(fix))).toMatchObject({ improved: true, before: { dir: run.dir } });
    expect(String(fix)).toContain("what to write:");
  });

  /** A callback that throws in the trainings of the first attempts, an error for each. */
  function throwing(...errors: readonly Error[]) {
    const said: string[] = [];
    const callback: FitCallback = {
      epoch: () => {
        const error = errors[said.filter((line) => / of at most /.test(line)).length - 1];
        if (error) throw error;
      },
    };
    return { callback, said, say: (line: string) => void said.push(line) };
  }

  it("counts a training that throws as tried, says why, and goes on", async () => {
    const { callback, said, say } = throwing(new Error("the disk of a callback is full"));
    const { run } = await vanishing(temporaryFolder(), [callback]);
    const fix = await run.fix({ attempts: 2, say });
    const why = expect.stringContaining("callback is full");
    expect(fix.failed).toEqual([{ number: 1, prescription: expect.anything(), why }]);
    expect(said[1]).toMatch(/^ {2}failed: .*callback is full/);
    expect(fix.attempts.map(({ number }) => number)).toEqual([2]);
    const { text } = fix.failed[0]!.prescription;
    expect(String(fix)).toContain(`what failed:\n  1: ${text}: `);
    expect(fix.toMimeBundle()["text/html"]).toContain("callback is full");
    expect(fix.toJSON()).toMatchObject({ failed: [{ number: 1 }], attempts: [{ number: 2 }] });
  });

  it("throws with what was found where the person interrupts", async () => {
    const { callback, say } = throwing(new Error("full"), new Interrupted());
    const { run } = await vanishing(temporaryFolder(), [callback]);
    const error = await run.fix({ say }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FixInterrupted);
    const { fix, message } = error as FixInterrupted;
    expect([fix.attempts.length, fix.failed.length]).toEqual([0, 1]);
    expect(message).toContain('the fix of "deep" was interrupted; until then:\ndeep: ');
    expect(message).toContain(fix.failed[0]!.prescription.text);
  });

  it("leaves a run that has nothing to repair", async () => {
    const model = models.mlp({ inputShape: [2], hidden: [16, 16], classes: 2 });
    const run = await train(model, circle, {
      optimizer: adam({ learningRate: 3e-3 }),
      epochs: 60,
      batchSize: 32,
      progress: false,
      track: { name: "well", dir: temporaryFolder(), system: false },
    });
    expect(run.doctor().top).toBeUndefined();
    const fix = await run.fix();
    expect([fix.attempts.length, fix.improved, fix.headline]).toEqual([
      0,
      false,
      expect.stringContaining("nothing to repair"),
    ]);
  });

  it("finds nothing honest to repair where labels are shuffled, and trains nothing", async () => {
    const order = random(4).permutation(400);
    const shuffled = (size: number, from: number) => {
      const { x, y } = circle.train;
      const rows = Array.from({ length: size }, (_, i) => from + i);
      return {
        x: rows.map((row) => [x[2 * row]!, x[2 * row + 1]!]),
        y: rows.map((row) => y[order[row] as number]!),
      };
    };
    const labels = data.arrays({ ...shuffled(60, 0), validation: shuffled(200, 100) });
    const model = models.mlp({ inputShape: [2], hidden: [128, 128], classes: 2 });
    const run = await train(model, labels, {
      optimizer: adam({ learningRate: 0.01 }),
      epochs: 300,
      batchSize: 32,
      seed: 1,
      progress: false,
      track: { name: "shuffled", dir: temporaryFolder(), system: false },
    });
    const fix = await run.fix();
    expect(fix.before.diagnosis.top).toBeDefined();
    expect([fix.attempts.length, fix.cured, fix.improved]).toEqual([0, false, false]);
    expect(fix.headline).toContain(
      "shuffled: nothing honest to repair, since the training rows are known by heart",
    );
    expect(String(fix)).toContain("no epoch was better than guessing");

    const dir = join(temporaryFolder(), "damaged");
    cpSync(run.dir as string, dir, { recursive: true });
    truncateSync(join(dir, "data.json"), 100);
    const blind = await fixRun({
      ...{ dir, bytes: 0, epochs: 300, seconds: 1 },
      ...{ keptBy: () => undefined, targetDeviations: () => undefined, attainable: () => undefined },
      otherStart: () => Promise.resolve(undefined),
      repeat: () => Promise.reject(new NotApplicable("no training is done here")),
    });
    expect(blind.refused).toBeUndefined();
    expect(String(blind)).toMatch(
      /data\.json of the first training could not be read \(read .*data\.json: .*\), so of it are not judged: .*DataLeak.*, whether its labels can be learnt at all/,
    );
  });

  const frozen = () => {
    const model = models.mlp({ inputShape: [2], hidden: [16, 16, 16], classes: 2 });
    model.getLayer("hidden_2").trainable = false;
    return { model, dataset: circle };
  };
  const twice = () => ({
    model: tf.sequential({
      layers: [
        tf.layers.dense({ units: 16, activation: "relu", inputShape: [2] }),
        tf.layers.dense({ units: 2, activation: "softmax", name: "out" }),
        tf.layers.activation({ activation: "softmax", name: "again" }),
      ],
    }),
    dataset: circle,
  });
  it("says by which loss a copy was taught, where it is another", async () => {
    const model = models.mlp({ inputShape: [2], hidden: [16], classes: 2 });
    const flipped = (target: tf.Tensor, output: tf.Tensor) => tf.mean(tf.mul(target, tf.log(output)), 1);
    const run = await train(model, circle, {
      optimizer: adam({ learningRate: 0.01 }),
      epochs: 10,
      batchSize: 32,
      seed: 2,
      loss: flipped,
      progress: false,
      track: { name: "flipped", dir: temporaryFolder(), system: false },
    });
    const said: string[] = [];
    const fix = await run.fix({ attempts: 1, say: (line) => said.push(line) });
    expect([fix.before.loss, fix.attempts[0]?.loss]).toEqual(["flipped of your own", "crossEntropy"]);
    const text = "its loss is crossEntropy and not flipped of your own as before";
    expect(said).toContain(`  ${text}`);
    expect(String(fix)).toContain(`1: ${text}`);
  });

  it("compares losses of targets that it scaled in the unit that they had", async () => {
    const source = random(8);
    const of = (rows: number) => {
      const x = Array.from({ length: rows }, () => [source.normal(), source.normal()]);
      return { x, y: x.map(([a, b]) => [5000 + 2000 * Math.sin(a! + b!)]) };
    };
    const dataset = data.arrays({ ...of(400), task: "regression", validation: of(100) });
    const model = models.mlp({ inputShape: [2], hidden: [24], outputs: 1 });
    const run = await train(model, dataset, {
      optimizer: adam({ learningRate: 3e-3 }),
      epochs: 15,
      batchSize: 32,
      seed: 2,
      progress: false,
      track: { name: "far", dir: temporaryFolder(), system: false },
    });
    const fix = await run.fix({ attempts: 1 });
    const [attempt] = fix.attempts;
    expect([fix.before.diagnosis.top?.problem, attempt?.changes.data]).toEqual([
      "UnnormalizedTarget",
      ["normalizeTarget"],
    ]);
    const y = Array.from(dataset.train.y);
    const mean = y.reduce((sum, value) => sum + value / y.length, 0);
    const variance = y.reduce((sum, value) => sum + (value - mean) ** 2 / y.length, 0);
    const scaled = readRun(attempt!.dir).scalars.get("epoch/valLoss")!.values.at(-1)!;
    expect(attempt!.outcome!.value / (scaled * variance)).toBeCloseTo(1, 9);
    expect(fix.before.outcome!.value).toBeGreaterThan(variance);
    expect(attempt!.outcome!.value).toBeLessThan(variance / 2);
    expect(String(fix)).not.toContain(" *");
    expect(fix.before.beyondGuessing).toBe(false);
  });

  it("cures uneven classes by what is found of each", async () => {
    const normal = random(6);
    const of = (common: number, rare: number, name: string) => {
      const source = normal.split(name);
      const y = [...Array(common).fill(0), ...Array(rare).fill(1)] as number[];
      const x = y.map((label) => [label + 0.35 * source.normal(), label + 0.35 * source.normal()]);
      return { x, y };
    };
    const dataset = data.arrays({
      ...of(2000, 30, "train"),
      classes: 2,
      validation: of(1000, 30, "validation"),
    });
    const model = models.mlp({ inputShape: [2], hidden: [16], classes: 2 });
    const run = await train(model, dataset, {
      optimizer: sgd({ learningRate: 0.02 }),
      epochs: 10,
      batchSize: 32,
      seed: 2,
      progress: false,
      track: { name: "uneven", dir: temporaryFolder(), system: false },
    });
    const fix = await run.fix({ attempts: 2 });
    expect(fix.before).toMatchObject({
      diagnosis: { top: { problem: "ClassImbalance" } },
      outcome: { metric: "valBalancedAccuracy" },
    });
    expect(fix.before.outcome!.accuracy).toBeGreaterThan(0.96);
    expect([fix.cured, fix.changes.fit]).toEqual([true, { classWeights: "balanced" }]);
    expect(fix.after.outcome!.value).toBeGreaterThan(fix.before.outcome!.value + 0.05);
    expect(fix.after.outcome!.leastRecall).toBeGreaterThan(0.8);
    expect(String(fix)).toContain("valBalancedAccuracy");
  });

  const told = () => {
    const withLabel = ({ x, y, size }: { x: Float32Array; y: ArrayLike<number>; size: number }) => ({
      x: Array.from({ length: size }, (_, i) => [x[2 * i]!, x[2 * i + 1]!, y[i]!]),
      y: Array.from(y),
    });
    const dataset = data.arrays({ ...withLabel(circle.train), validation: withLabel(circle.validation!) });
    return { model: models.mlp({ inputShape: [3], hidden: [16, 16], classes: 2 }), dataset };
  };

  it.each([
    ["trains a layer that was frozen", "DeadLayer", frozen],
    ["ends a model in one softmax", "OutputLossMismatch", twice],
    ["takes out a label among the inputs", "DataLeak", told],
  ])("%s", async (_, problem, made) => {
    const { model, dataset } = made();
    const run = await train(model, dataset, {
      optimizer: adam({ learningRate: 0.01 }),
      epochs: 20,
      batchSize: 32,
      seed: 2,
      progress: false,
      track: { name: problem, dir: temporaryFolder(), system: false },
    });
    const fix = await run.fix({ attempts: 1 });
    expect(fix.before.diagnosis.top?.problem).toBe(problem);
    expect(fix.attempts[0]?.diagnosis.verdicts.map((verdict) => verdict.problem)).not.toContain(problem);
    expect(fix.attempts[0]?.outcome?.value).toBeGreaterThan(0.9);
  });

  it("refuses a training that cannot be repeated, and a number of attempts that is none", async () => {
    const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
    const run = await train(model, circle, { epochs: 1, progress: false, track: false });
    expect(() => run.fix()).toThrow(/needs a training that can be repeated; "mlp" was not recorded/);
    const { run: deep } = await vanishing(temporaryFolder());
    await expect(deep.fix({ attempts: 0 })).rejects.toThrow(
      "fix needs attempts to be a whole number from 1 to 20; it was given 0",
    );
  });
});

describe("the patch", () => {
  it("lies in the run's folder, named by the text and the card, and git applies it to the code", async () => {
    const dir = temporaryFolder();
    const text = `import { fit, models, sgd } from "tunelab";
const model = models.mlp({ inputShape: [2], hidden: Array(8).fill(16), classes: 2, activation: "sigmoid" });
await fit(model, circle, { optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }), epochs: 30, track: "deep" });
`;
    const before = installHost({ ...terminalHost(), sources: () => [{ name: "main.ts", text }] });
    try {
      const { run } = await vanishing(dir);
      const fix = await run.fix();
      expect(fix.improved).toBe(true);
      const file = join(run.dir!, "fix.patch");
      expect(fix.patchFile).toBe(file);
      expect(readFileSync(file, "utf8")).toBe(fix.patch);
      expect(String(fix)).toContain(file);
      expect(String(fix.toMimeBundle()["text/html"])).toContain("fix.patch");
      const copy = join(temporaryFolder(), "copy");
      cpSync(run.dir!, copy, { recursive: true });
      const { status, stderr } = spawnSync("git", ["apply", "fix.patch"], {
        cwd: copy,
        encoding: "utf8",
        env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(copy) },
      });
      expect([status, stderr]).toEqual([0, ""]);
      const changed = readFileSync(join(copy, "code", "main.ts"), "utf8");
      for (const [name, value] of Object.entries(fix.changes.model))
        expect(changed).toContain(`${name}: ${JSON.stringify(value)}`);
      expect(changed).not.toBe(text);
    } finally {
      if (before) installHost(before);
    }
  });
});

describe("doctor.fix", () => {
  it("finds a training of this process by its name", async () => {
    const dir = temporaryFolder();
    const { run } = await vanishing(dir);
    expect(fitted(run.id!)).toBe(run);
    const asked = vi.spyOn(run, "fix").mockResolvedValue({} as never);
    await doctor.fix("deep", { dir, attempts: 2 });
    expect(asked).toHaveBeenCalledWith({ attempts: 2 });
  });

  it("keeps the last four trainings, and of those before lets go of what they hold", async () => {
    const dir = temporaryFolder();
    const { run } = await vanishing(dir);
    expect(run.heldBytes).toBeGreaterThan(4 * 600 * 3);
    for (let i = 0; i < 4; i++) await vanishing(temporaryFolder());
    expect(() => doctor.fix("deep", { dir })).toThrow(
      `"deep" (${run.id}) is none: train it again first, or let \`tunelab doctor ${run.id} --fix\` do it`,
    );
    expect([run.isRepeatable, run.heldBytes]).toEqual([false, 0]);
    expect(() => run.fix()).toThrow(/is none of the last few of this process/);
  });

  it("keeps a training whatever its fix has trained", async () => {
    const { run } = await vanishing(temporaryFolder());
    const { attempts } = await run.fix({ attempts: 1 });
    expect(attempts).toHaveLength(1);
    expect(run.isRepeatable).toBe(true);
    expect(fitted(run.id!)).toBe(run);
    expect(fitted(readRunRecord(attempts[0]!.dir).id)).toBeUndefined();
  });
});
