import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { TrialPruned } from "../../src/base/errors.js";
import { type Host, installHost } from "../../src/base/host.js";
import { terminalHost } from "../../src/base/terminalHost.js";
import { arrays } from "../../src/data/arrays.js";
import type { Dataset } from "../../src/data/dataset.js";
import { mnist } from "../../src/data/mnist.js";
import { evaluate } from "../../src/evaluate/evaluate.js";
import { fit as fitModel } from "../../src/fit.js";
import { FitInterrupted } from "../../src/fitRun.js";
import { cnn, load, mlp, save } from "../../src/models/index.js";
import { tf } from "../../src/native/index.js";
import { adam, sgd } from "../../src/optim/index.js";
import { findRuns, openRun, openRuns, readRun } from "../../src/track/index.js";
import type { TrialSeam } from "../../src/train/seams.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-fit-"));
let digits: Dataset;
let shown: string[] = [];
let controller = new AbortController();

beforeAll(async () => {
  const { train, validation, test, inputShape } = await mnist();
  digits = arrays({
    name: "digits",
    x: train.x.subarray(0, 3000 * 784),
    y: train.y.subarray(0, 3000),
    inputShape,
    validation: { x: validation.x.subarray(0, 500 * 784), y: validation.y.subarray(0, 500) },
    test: { x: test.x, y: test.y },
  });
});

beforeEach(() => {
  shown = [];
  controller = new AbortController();
  const host: Host = {
    ...terminalHost({ write: () => true }),
    signal: () => controller.signal,
    display(bundle) {
      shown.push(String(bundle["text/plain"]));
      return { update: (next) => void shown.push(String(next["text/plain"])) };
    },
  };
  installHost(host);
});

const model = (seed = 0) => mlp({ inputShape: [28, 28, 1], hidden: [64], classes: 10, dropout: 0.1, seed });
const track = (name: string) => ({ name, dir: folder });

it("learns digits, records the run, and leaves a model that can be kept", async () => {
  const trained = model();
  const run = await fitModel(trained, digits, {
    optimizer: adam({ learningRate: 2e-3 }),
    epochs: 4,
    batchSize: 32,
    track: track("learns"),
  });
  expect(run.history.loss).toHaveLength(4);
  expect(run.best("valAccuracy")).toBeGreaterThan(0.88);
  if (!digits.test || !run.dir) throw new Error("there is a test split and a run");
  const result = await evaluate(trained, digits.test);
  expect(result.accuracy).toBeGreaterThan(0.87);

  const { record, scalars, histograms, problems } = readRun(run.dir);
  expect(problems).toEqual([]);
  expect(record).toMatchObject({
    name: "learns",
    status: "finished",
    seed: 0,
    config: {
      optimizer: "adam",
      learningRate: 2e-3,
      epochs: 4,
      batchSize: 32,
      dataset: "digits",
      model: "mlp",
    },
  });
  expect(record.model?.layers.map((layer) => layer.name)).toEqual([
    "input",
    "flatten",
    "hidden_1",
    "hidden_1_dropout",
    "output",
  ]);
  expect(record.environment).toMatchObject({
    threads: { intraOp: expect.any(Number) },
    oneDNN: expect.any(Boolean),
  });
  expect([...(scalars.get("epoch/valAccuracy")?.values ?? [])]).toEqual(run.history.valAccuracy);
  expect([...(scalars.get("epoch/loss")?.steps ?? [])]).toEqual([1, 2, 3, 4]);
  expect(scalars.get("train/loss")?.values).toHaveLength(4 * 94);
  expect(histograms.get("gradients/hidden_1/kernel")?.length).toBe(19);

  await save(trained, join(folder, "model"));
  expect((await evaluate(await load(join(folder, "model")), digits.test)).predictions).toEqual(
    result.predictions,
  );
  expect(shown.at(-1)).toMatch(
    /^learns: finished, 4 epochs in \d+ s · loss 0\.\d+ · accuracy .* · valAccuracy 0\.\d+$/,
  );
});

it("shows and records shares as they are: 0.9702, not what float32 makes of it", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, track: track("shares") });
  const { scalars, record } = readRun(run.dir ?? "");
  for (const value of run.history.valAccuracy) expect(String(value)).toMatch(/^0\.\d{1,3}$/);
  expect([...(scalars.get("epoch/valAccuracy")?.values ?? [])]).toEqual(run.history.valAccuracy);
  expect(record.summary["epoch/valAccuracy"]?.last).toBe(run.history.valAccuracy.at(-1));
});

it("gives the same digits twice, tracked or not", async () => {
  const once = async (options: object) => {
    const trained = model(3);
    const run = await fitModel(trained, digits, { epochs: 1, seed: 5, progress: false, ...options });
    return { history: run.history, weights: trained.getWeights().map((weight) => [...weight.dataSync()]) };
  };
  const first = await once({ track: track("twice") });
  expect(await once({ track: track("twice") })).toEqual(first);
  expect(await once({ track: false })).toEqual(first);
});

it("records nothing and shows nothing when asked to", async () => {
  const before = readdirSync(folder).length;
  const run = await fitModel(model(), digits, { epochs: 1, batchSize: 500, track: false, progress: false });
  expect([run.dir, run.id, run.status]).toEqual([undefined, undefined, "finished"]);
  expect(() => run.doctor()).toThrow('The doctor needs a recorded run; "mlp" was trained with track: false');
  expect(readdirSync(folder)).toHaveLength(before);
  expect(shown).toEqual([]);
});

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

it("is interrupted within a step, marks the run and throws what was done", async () => {
  setTimeout(() => controller.abort(), 400);
  const start = performance.now();
  const fitting = fitModel(model(), digits, { epochs: 10_000, batchSize: 32, track: track("stopped") });
  const error = await fitting.catch((thrown: unknown) => thrown);
  expect(performance.now() - start).toBeLessThan(2000);
  if (!(error instanceof FitInterrupted)) throw error;
  expect(error.run.status).toBe("interrupted");
  expect(error.run.steps).toBeGreaterThan(0);
  const { record, scalars } = readRun(error.run.dir ?? "");
  expect(record.status).toBe("interrupted");
  expect(scalars.get("train/loss")?.values).toHaveLength(error.run.steps);
  expect(openRuns()).toEqual([]);
});

it("lets others run while it trains", async () => {
  let turns = 0;
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    turns++;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await fitModel(model(), digits, { epochs: 6, batchSize: 32, track: false });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
  // 50 ms between turns and one step; the rest is the machine's.
  expect(longest).toBeLessThan(500);
});

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

it("is told by its signal, its trial's and its host's", async () => {
  const aborted = AbortSignal.abort();
  await expect(fitModel(model(), digits, { signal: aborted, track: false })).rejects.toThrow(FitInterrupted);
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

/** A layer whose output depends on values read on the host, which no graph can hold. */
class HostScale extends tf.layers.Layer {
  static readonly className = "HostScale";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.mul(x as tf.Tensor, 1 + ((x as tf.Tensor).dataSync()[0] as number) * 0);
  }
}

it("trains what cannot be captured eagerly, to the same digits, and says so once", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const plain = tf.layers.dense({
    units: 10,
    inputShape: [784],
    activation: "softmax",
    kernelInitializer: "zeros",
  });
  const flat = arrays({
    x: digits.train.x.subarray(0, 784 * 200),
    y: digits.train.y.subarray(0, 200),
    inputShape: [784],
    classes: 10,
  });
  const options = { epochs: 2, batchSize: 50 };
  const expected = await fitModel(tf.sequential({ layers: [plain] }), flat, { ...options, track: false });
  const layers = () => [
    new HostScale({ inputShape: [784], name: "host_scale" }),
    tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: "zeros" }),
  ];
  const run = await fitModel(tf.sequential({ layers: layers() }), flat, {
    ...options,
    track: track("eager"),
  });
  await fitModel(tf.sequential({ layers: layers() }), flat, { ...options, track: false });
  expect(run.history.loss.map((loss) => loss.toFixed(5))).toEqual(
    expected.history.loss.map((loss) => loss.toFixed(5)),
  );
  const said = warn.mock.calls
    .map(([text]) => String(text))
    .filter((text) => text.includes("without a captured step"));
  warn.mockRestore();
  expect(said).toHaveLength(1);
  expect(readRun(run.dir ?? "").record.environment.eager).toEqual(expect.stringContaining("values"));
});

/** Differs in what it reads, and whether it does. */
class ReadsWhenAsked extends tf.layers.Layer {
  static readonly className = "ReadsWhenAsked";
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean } = {}): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    (training ? tf.sin(x as tf.Tensor) : tf.cos(x as tf.Tensor)).dataSync();
    return tf.mul(x as tf.Tensor, 1);
  }
}

it("says every reason for running eagerly, also one that only validation has", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const net = tf.sequential({
    layers: [new ReadsWhenAsked({ inputShape: [1] }), tf.layers.dense({ units: 2, activation: "softmax" })],
  });
  const few = arrays({ x: [[0], [1], [2], [3]], y: [0, 1, 0, 1], validation: 2 });
  const run = await fitModel(net, few, { epochs: 2, track: track("reasons") });
  const said = warn.mock.calls.map(([text]) => String(text));
  warn.mockRestore();
  for (const op of ["Sin", "Cos"]) {
    expect(said.filter((text) => text.includes(`values of ${op}'s output`))).toHaveLength(1);
    expect(readRun(run.dir ?? "").record.environment.eager).toContain(op);
  }
});

it("trains a network of convolutions, batch normalisation and dropout", async () => {
  const net = cnn({ inputShape: [28, 28, 1], filters: [8], classes: 10, batchNorm: true, dropout: 0.1 });
  const run = await fitModel(net, digits, {
    optimizer: adam({ learningRate: 0.01 }),
    epochs: 2,
    track: track("cnn"),
  });
  expect(run.best("valAccuracy")).toBeGreaterThan(0.8);
  const { scalars } = readRun(run.dir ?? "");
  expect([...scalars.keys()]).toEqual(
    expect.arrayContaining(["gradientL2/conv_1_norm/gamma", "activationZero/conv_1_activation"]),
  );
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

it("asks the doctor about itself", async () => {
  const deep = mlp({
    inputShape: [28, 28, 1],
    hidden: new Array<number>(8).fill(64),
    classes: 10,
    activation: "sigmoid",
  });
  const run = await fitModel(deep, digits, {
    optimizer: sgd({ learningRate: 0.01 }),
    epochs: 3,
    track: track("deep"),
  });
  expect(run.doctor().top?.problem).toBe("VanishingGradient");
});

it("shows itself as a table of epochs", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, batchSize: 500, track: false });
  const text = String(run.toMimeBundle()["text/plain"]);
  expect(text).toMatch(/^mlp: finished after 2 epochs in \d+\.\d s\nepoch {3}loss/);
  expect(text.split("\n")).toHaveLength(5);
});

it("knows which way a metric is better, or asks", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, batchSize: 500, track: false });
  expect(run.best("valLoss")).toBe(Math.min(...run.history.valLoss));
  expect(run.bestEpoch("accuracy")).toBe(run.history.accuracy.indexOf(Math.max(...run.history.accuracy)) + 1);
  expect(run.best("learningRate", { direction: "max" })).toBe(0.001);
  expect(() => run.best("learningRate")).toThrow('needs { direction: "max" } or { direction: "min" }');
  expect(() => run.best("valF1")).toThrow("measured were loss, accuracy, valLoss, valAccuracy, learningRate");
});

it("writes run.json with the source that the host says", async () => {
  const run = await fitModel(model(), digits, { epochs: 1, batchSize: 1000, track: track("source") });
  expect(JSON.parse(readFileSync(join(run.dir ?? "", "run.json"), "utf8")).code.length).toBeGreaterThan(0);
});
