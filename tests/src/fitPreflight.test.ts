import { describe, expect, test } from "vitest";
import { OutOfTime } from "../../src/base/deadline.js";
import { host, installHost } from "../../src/base/host.js";
import { type PreflightRecord, preflightChecks } from "../../src/base/preflightRecord.js";
import { arrays } from "../../src/data/arrays.js";
import type { Dataset } from "../../src/data/dataset.js";
import { preflightText } from "../../src/doctor/index.js";
import { fit as fitModel } from "../../src/fit.js";
import { lookBefore } from "../../src/fitPreflight.js";
import { cnn } from "../../src/models/index.js";
import { tf } from "../../src/native/index.js";
import { adamw, ema, sgd } from "../../src/optim/index.js";
import { readRun } from "../../src/track/index.js";
import type { FitOptions } from "../../src/train/fitOptions.js";
import { fitPlan } from "../../src/train/fitPlan.js";
import { digits, model, stage, track } from "./fit/trainingScene.js";

const on = stage();

const wave = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(step * i));
const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

const series = arrays({
  x: wave(64 * 6 * 2, 1.7),
  y: Int32Array.from({ length: 64 }, (_, i) => i % 3),
  inputShape: [6, 2],
  classes: 3,
});

function recurrent(): tf.LayersModel {
  const cell = { units: 5, dropout: 0.2, kernelInitializer: glorot(1), recurrentInitializer: glorot(2) };
  return tf.sequential({
    layers: [
      tf.layers.lstm({ ...cell, inputShape: [6, 2] }),
      tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
    ],
  });
}

const several = arrays({
  x: { left: wave(128 * 3, 0.9), right: wave(128 * 2, 2.3) },
  y: { size: wave(128, 0.4), kind: Int32Array.from({ length: 128 }, (_, i) => i % 2) },
  inputShape: { left: [3], right: [2] },
  classes: { kind: 2 },
} as never);

function ofSeveral(): tf.LayersModel {
  const [left, right] = [tf.input({ shape: [3], name: "left" }), tf.input({ shape: [2], name: "right" })];
  const both = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
  const hidden = tf.layers
    .dense({ units: 8, activation: "tanh", kernelInitializer: glorot(4) })
    .apply(both) as tf.SymbolicTensor;
  const size = tf.layers.dense({ units: 1, name: "size", kernelInitializer: glorot(5) }).apply(hidden);
  const kind = tf.layers
    .dense({ units: 2, activation: "softmax", name: "kind", kernelInitializer: glorot(6) })
    .apply(hidden);
  return tf.model({ inputs: [left, right], outputs: [size, kind] as tf.SymbolicTensor[] });
}

const line = arrays({ x: wave(300, 0.7), y: wave(100, 2.1), inputShape: [3] });

function regression(): tf.LayersModel {
  const dense = { units: 8, activation: "relu" as const, kernelInitializer: glorot(7) };
  return tf.sequential({
    layers: [
      tf.layers.dense({ ...dense, inputShape: [3] }),
      tf.layers.dense({ units: 1, kernelInitializer: glorot(8) }),
    ],
  });
}

const convolution = () =>
  cnn({ inputShape: [28, 28, 1], filters: [4], hidden: [16], classes: 10, batchNorm: true, dropout: 0.2 });

type Case = readonly [string, () => tf.LayersModel, Dataset, FitOptions];
const cases: readonly Case[] = [
  ["dropout, momentum", () => model(), digits, { optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }) }],
  ["convolution, batch norm, averages", convolution, digits, { optimizer: ema(adamw()), maxSteps: 12 }],
  ["recurrent, its dropout", recurrent, series, { batchSize: 16, epochs: 3 }],
  ["regression, clipped", regression, line, { clipNorm: 0.5, epochs: 3 }],
  ["several inputs and outputs", ofSeveral, several, { epochs: 3, lossWeights: { size: 1, kind: 0.5 } }],
];

describe.each(cases)("%s", (_, build, dataset, options) => {
  async function trained(preflight: boolean) {
    const built = build();
    const run = await fitModel(built, dataset, {
      epochs: 1,
      maxSteps: 25,
      seed: 3,
      ...options,
      preflight,
      track: track("same"),
      progress: false,
    });
    const weights = built.weights.map((weight) => [...weight.read().dataSync()]);
    const { record, scalars } = readRun(run.dir as string);
    built.dispose();
    const losses = [...(scalars.get("train/loss")?.values ?? [])];
    return { weights, losses, history: run.history, preflight: record.preflight };
  }

  test("every number is the same with it and without, and nothing is found", async () => {
    const without = await trained(false);
    const { preflight, ...others } = await trained(true);
    expect(others.weights).toEqual(without.weights);
    expect(others.losses).toEqual(without.losses);
    expect(others.history).toEqual(without.history);
    expect(without.preflight).toBeUndefined();
    expect(preflight?.findings).toEqual([]);
    expect([...(preflight?.passed ?? []), ...late(preflight)]).toContain("one batch");
    expect(preflight?.seconds).toBeGreaterThan(0);
  });
});

/** What a busy machine left no time for. */
function late(record: PreflightRecord | undefined): string[] {
  const { notChecked = [] } = record ?? {};
  return notChecked.filter(({ why }) => why === new OutOfTime().message).map(({ check }) => check);
}

describe("what it says", () => {
  const quick: FitOptions = { epochs: 1, maxSteps: 1, preflight: true };

  test("is one line when all is well", async () => {
    await fitModel(model(), digits, { ...quick, track: false });
    expect(on.shown[0]).toMatch(
      /^preflight: \d checks passed in \d\.\d s(; not checked: .* \(there was no time for it\))?$/,
    );
  });

  test("is a line a finding, with what to do, though no progress is shown, and the run keeps it", async () => {
    const bytes = arrays({
      x: digits.train.x.map((value) => value * 255),
      y: digits.train.y,
      inputShape: [28, 28, 1],
      classes: 10,
    });
    const run = await fitModel(model(), bytes, { ...quick, track: track("bytes"), progress: false });
    const [head, ...findings] = (on.shown[0] as string).split("\n");
    expect(head).toMatch(/^preflight: 2 findings, 5 checks passed in \d\.\d s$/);
    expect(findings).toEqual([
      expect.stringMatching(
        /^ {2}UnnormalizedInput \(warning\): .* between 0 and 255.*→ Divide bytes by 255.*tf\.div\(x, 255\)/,
      ),
      expect.stringMatching(/^ {2}initial loss \(warning\): The first loss is .* ln 10 = 2\.30/),
    ]);
    const { preflight } = readRun(run.dir as string).record;
    expect(preflight?.findings[0]).toMatchObject({
      check: "scale of inputs and targets",
      problem: "UnnormalizedInput",
      severity: "warning",
      code: "data.arrays({ ...options, x: tf.div(x, 255) })",
    });
  });

  test("names layers that no gradient reaches, and trains on", async () => {
    const dead = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [28, 28, 1] }),
        tf.layers.dense({
          units: 4,
          activation: "relu",
          biasInitializer: tf.initializers.constant({ value: -99 }),
          name: "off",
        }),
        tf.layers.dense({ units: 10, activation: "softmax" }),
      ],
    });
    const run = await fitModel(dead, digits, { ...quick, track: track("dead"), progress: false });
    expect(run.status).toBe("finished");
    const { findings = [] } = readRun(run.dir as string).record.preflight ?? {};
    expect(findings.map(({ check, problem }) => [check, problem])).toEqual([
      ["gradients", "DyingReLU"],
      ["one batch", undefined],
    ]);
    expect(findings[0]).toMatchObject({ layer: "off" });
    expect(findings[1]?.message).toMatch(/does not learn even one batch of 64 rows/);
  });

  test("is nothing outside of a notebook unless it is asked for, and by default there", async () => {
    await fitModel(model(), digits, { epochs: 1, maxSteps: 1, track: false });
    expect(on.shown.join("\n")).not.toContain("preflight");
    installHost({ ...host(), kind: "notebook" });
    await fitModel(model(), digits, { epochs: 1, maxSteps: 1, track: false });
    expect(on.shown.join("\n")).toMatch(/^preflight: \d checks passed/m);
  });

  test("says what it could not check where a step fails, which is the training's to tell", async () => {
    const failing = (() => {
      throw new RangeError("no loss today");
    }) as never;
    const options = { ...quick, loss: failing, track: track("failing"), progress: false };
    await expect(fitModel(model(), digits, options)).rejects.toThrow("no loss today");
  });

  test("ends at once when it is interrupted", async () => {
    on.controller.abort();
    await expect(fitModel(model(), digits, { ...quick, track: false })).rejects.toThrow("interrupted");
    expect(on.shown.join("\n")).not.toContain("preflight");
  });
});

describe("by a clock that is given", () => {
  const late = "there was no time for it";
  /** Of data that were not looked at before. */
  const fresh = () =>
    arrays({
      x: wave(60_000, 0.3),
      y: Int32Array.from({ length: 20_000 }, (_, i) => i % 2),
      inputShape: [3],
      classes: 2,
      validation: 2000,
    });
  const net = () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, activation: "relu", inputShape: [3], kernelInitializer: glorot(1) }),
        tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: glorot(2) }),
      ],
    });
  /** Of which no step helps, so that all are taken. */
  const deaf = () =>
    tf.sequential({
      layers: [
        tf.layers.dense({
          units: 4,
          activation: "relu",
          inputShape: [3],
          biasInitializer: tf.initializers.constant({ value: -99 }),
        }),
        tf.layers.dense({ units: 2, activation: "softmax" }),
      ],
    });

  /** @param each milliseconds that pass with each look at the clock */
  async function looked(built: tf.LayersModel, each: number): Promise<PreflightRecord> {
    const kept: { preflight?: PreflightRecord }[] = [];
    let time = 0;
    await lookBefore(built, fitPlan(built, fresh(), { track: false, progress: false }), {
      tracking: { run: { describe: (details) => void kept.push(details) } },
      signals: [],
      now: () => (time += each),
    });
    built.dispose();
    return kept[0]?.preflight as PreflightRecord;
  }

  test.each([0.01, 1, 5, 20, 100, 400, 1500, 9000])(
    "with looks of %d ms it ends within 3 s and the work between some looks",
    async (each) => {
      const { seconds, passed, findings, notChecked } = await looked(deaf(), each);
      expect(1000 * seconds).toBeLessThanOrEqual(3000 + 8 * each);
      const all = [...passed, ...[...findings, ...notChecked].map(({ check }) => check)];
      expect(new Set(all)).toEqual(new Set(preflightChecks));
      expect(all).toHaveLength(preflightChecks.length);
    },
  );

  test("all is checked where time suffices", async () => {
    const { notChecked, passed } = await looked(net(), 0.01);
    expect(notChecked).toEqual([]);
    expect(passed).toHaveLength(preflightChecks.length);
  });

  test("steps that do not end in time leave one batch open, and rows that were compared are told", async () => {
    const { notChecked, passed, findings } = await looked(deaf(), 10);
    expect(notChecked).toEqual([{ check: "one batch", why: late }]);
    expect(passed).toContain("leak between splits");
    expect(findings.map(({ check }) => check)).toEqual(["gradients"]);
  });

  test("rows that there is no time to compare leave the leak open, and what else is known of the data is judged", async () => {
    const { notChecked, passed } = await looked(net(), 80);
    expect(notChecked).toContainEqual({ check: "leak between splits", why: late });
    expect(passed).toEqual(expect.arrayContaining(["scale of inputs and targets", "balance of classes"]));
  });

  test("when nothing can be looked at only what the model's make says is judged, and the line says so", async () => {
    const { notChecked, passed } = await looked(net(), 9000);
    expect(passed).toEqual(["output and loss"]);
    expect(notChecked.every(({ why }) => why === late)).toBe(true);
    expect(preflightText({ seconds: 3, passed, findings: [], notChecked })).toBe(
      `preflight: 1 check passed in 3.0 s; not checked: leak between splits, scale of inputs and targets, balance of classes, initial loss, gradients, one batch (${late})`,
    );
  });

  test("what was cut short is looked at again the next time", async () => {
    const data = fresh();
    const built = net();
    const plan = fitPlan(built, data, { track: false, progress: false });
    const records: (PreflightRecord | undefined)[] = [];
    const tracking = {
      run: { describe: ({ preflight }: { preflight?: PreflightRecord }) => void records.push(preflight) },
    };
    let time = 0;
    await lookBefore(built, plan, { tracking, signals: [], now: () => (time += 80) });
    await lookBefore(built, plan, { tracking, signals: [], now: () => 0 });
    built.dispose();
    expect(records.map((record) => record?.passed.includes("leak between splits"))).toEqual([false, true]);
  });
});
