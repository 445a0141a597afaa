import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { Interrupted, TrialPruned } from "../../../src/base/errors.js";
import type { Histogram } from "../../../src/base/histogram.js";
import { arrays } from "../../../src/data/arrays.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { mlp } from "../../../src/models/mlp.js";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";
import { adam, adamw, type Optimizer, type Schedule, schedules, sgd } from "../../../src/optim/index.js";
import { createCapturedStep } from "../../../src/train/capturedStep.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";
import { emptyHistory } from "../../../src/train/metric.js";
import { silent } from "../../../src/train/progress.js";
import { Recorder } from "../../../src/train/recorder.js";
import type { TrialSeam } from "../../../src/train/seams.js";
import type { TrainingLog } from "../../../src/train/surroundings.js";
import { train } from "../../../src/train/train.js";

interface Curve {
  losses: number[];
  final: Record<string, number[]>;
}

const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/train/torch_mlp.json", import.meta.url), "utf8"),
) as {
  batchSize: number;
  epochs: number;
  x: number[][];
  y: number[];
  weights: Record<string, number[] | number[][]>;
  classWeights: number[];
  runs: Record<string, Curve>;
};

const torchData = arrays({ x: oracle.x, y: oracle.y, classes: 3 });

function torchModel(options: { activation?: "relu" | "sigmoid"; l2?: number } = {}): tf.LayersModel {
  const model = mlp({ inputShape: [6], hidden: [8], classes: 3, ...options });
  model.setWeights(
    ["hidden_1/kernel", "hidden_1/bias", "output/kernel", "output/bias"].map((name) =>
      tf.tensor(oracle.weights[name] ?? []),
    ),
  );
  return model;
}

/** Keeps what is recorded. */
class Records {
  readonly scalars = new Map<string, Map<number, number>>();
  readonly histograms = new Map<string, Map<number, Histogram>>();

  log(values: Record<string, number>, step: number): void {
    for (const [tag, value] of Object.entries(values)) this.of(this.scalars, tag).set(step, value);
  }

  histogram(tag: string, histogram: Histogram, step: number): void {
    this.of(this.histograms, tag).set(step, histogram);
  }

  private of<T>(all: Map<string, Map<number, T>>, tag: string): Map<number, T> {
    const series = all.get(tag) ?? new Map<number, T>();
    all.set(tag, series);
    return series;
  }
}

interface Training {
  readonly model: tf.LayersModel;
  readonly dataset: Dataset;
  readonly options: FitOptions;
}

async function run(
  { model, dataset, options }: Training,
  log: TrainingLog = { history: emptyHistory(), steps: 0 },
) {
  const plan = fitPlan(model, dataset, options);
  const step = createCapturedStep(model, {
    ...plan.step,
  });
  const records = new Records();
  const signals = [plan.trial?.signal, plan.signal].filter((signal) => signal !== undefined);
  const around = {
    step,
    model,
    recorder: new Recorder(records),
    progress: silent,
    trial: plan.trial,
    signals,
    tell: () => {},
  };
  const outcome = await train(plan.training, around, log);
  return { ...outcome, ...log, records, losses: [...(records.scalars.get("train/loss")?.values() ?? [])] };
}

describe("trains as PyTorch does, from the same weights on the same batches", () => {
  const cases: Record<
    string,
    { optimizer: Optimizer; more?: FitOptions; model?: Parameters<typeof torchModel>[0] }
  > = {
    adam: { optimizer: adam({ learningRate: 0.01 }) },
    adamw: { optimizer: adamw({ learningRate: 0.01, weightDecay: 0.05 }) },
    sgd: { optimizer: sgd({ learningRate: 0.1 }) },
    momentum: { optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }) },
    sigmoid: { optimizer: adam({ learningRate: 0.01 }), model: { activation: "sigmoid" } },
    clip: { optimizer: sgd({ learningRate: 0.1 }), more: { clipNorm: 0.3 } },
    weighted: {
      optimizer: adam({ learningRate: 0.01 }),
      more: { classWeights: Object.fromEntries(oracle.classWeights.entries()) },
    },
    l2: { optimizer: adam({ learningRate: 0.01 }), model: { l2: 0.01 } },
    clipValue: { optimizer: sgd({ learningRate: 0.1 }), more: { clipValue: 0.02 } },
    smoothed: { optimizer: adam({ learningRate: 0.01 }), more: { labelSmoothing: 0.1 } },
    accumulated: {
      optimizer: adam({ learningRate: 0.01 }),
      more: { accumulate: 4, clipNorm: 0.5 },
      model: { l2: 0.01 },
    },
  };

  it.each(Object.keys(cases))("%s", async (name) => {
    const { optimizer, more, model: modelOptions } = cases[name] as (typeof cases)[string];
    const model = torchModel(modelOptions);
    const { epochs, batchSize } = oracle;
    const options = { optimizer, epochs, batchSize, shuffle: false, ...more };
    const { losses } = await run({ model, dataset: torchData, options });
    const expected = oracle.runs[name] as Curve;
    expect(losses).toHaveLength(expected.losses.length);
    losses.forEach((loss, step) => {
      expect(Math.abs(loss - (expected.losses[step] as number)), `step ${step}`).toBeLessThan(1e-4);
    });
    Object.values(expected.final).forEach((values, index) => {
      const trained = model.getWeights()[index]?.dataSync() ?? [];
      values.forEach((value, at) => {
        expect(Math.abs((trained[at] as number) - value)).toBeLessThan(1e-4);
      });
    });
  });
});

const noisy = arrays({
  x: Array.from({ length: 130 }, (_, i) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13]),
  y: Array.from({ length: 130 }, (_, i) => (Math.sin(i) > 0.2 ? 1 : 0)),
  validation: 30,
});
const small = () => mlp({ inputShape: [3], hidden: [8], classes: 2, dropout: 0.2, seed: 4 });

it("repeats itself to the last digit, weights included, and differs for another seed", async () => {
  const once = async (seed: number) => {
    const model = small();
    const { losses, history } = await run({
      model,
      dataset: noisy,
      options: { epochs: 3, batchSize: 16, seed },
    });
    return { losses, history, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
  };
  const first = await once(1);
  expect(await once(1)).toEqual(first);
  expect((await once(2)).losses).not.toEqual(first.losses);
});

it("records each step, samples some, and gives epochs the mean over samples", async () => {
  const { losses, records, history, steps } = await run({
    model: small(),
    dataset: noisy,
    options: { epochs: 2, batchSize: 16, track: { sampleEvery: 5 } },
  });
  expect(steps).toBe(14); // 100 samples: 6 batches of 16 and one of 4
  expect(losses).toHaveLength(14);
  const mean = losses.slice(0, 6).reduce((sum, loss) => sum + loss * 16, (losses[6] as number) * 4) / 100;
  expect(history.loss[0]).toBeCloseTo(mean, 12);
  expect(records.scalars.get("epoch/loss")?.get(1)).toBe(history.loss[0]);
  expect(records.scalars.get("epoch/valAccuracy")?.get(2)).toBe(history.valAccuracy[1]);
  expect(history.learningRate).toEqual([0.001, 0.001]);
  for (const tag of ["gradientMeanAbs/hidden_1/kernel", "updateRatio/output/bias", "activationZero/hidden_1"])
    expect([...(records.scalars.get(tag)?.keys() ?? [])], tag).toEqual([0, 5, 10]);
  for (const tag of ["gradients/hidden_1/kernel", "weights/output/kernel", "activations/hidden_1"])
    expect([...(records.histograms.get(tag)?.keys() ?? [])], tag).toEqual([0, 5, 10]);
});

it("counts right answers exactly, whatever the batches: a share is a quotient of whole numbers", async () => {
  const rows = Array.from({ length: 1_237 }, (_, i) => [Math.sin(i), Math.cos(i), i % 2]);
  const dataset = arrays({ x: rows, y: rows.map((_, i) => (i % 3 === 0 ? 1 : 0)), validation: 700 });
  const { history, records } = await run({ model: small(), dataset, options: { epochs: 2, batchSize: 48 } });
  for (const [name, size] of [
    ["accuracy", 537],
    ["valAccuracy", 700],
  ] as const) {
    const values = history[name] ?? [];
    expect(values).toEqual(values.map((value) => Math.round(value * size) / size));
    expect(values).toEqual([...(records.scalars.get(`epoch/${name}`)?.values() ?? [])]);
  }
  const accuracies = [...(records.scalars.get("train/accuracy")?.values() ?? [])];
  expect(accuracies).toContain(Math.round((accuracies[0] ?? 0) * 48) / 48);
});

it("measures without changing the numbers", async () => {
  const losses = async (sampleEvery: number) =>
    (
      await run({
        model: small(),
        dataset: noisy,
        options: { epochs: 2, batchSize: 16, track: { sampleEvery } },
      })
    ).losses;
  expect(await losses(1)).toEqual(await losses(1000));
});

it("stops early and gives the model the weights of its best epoch", async () => {
  const model = small();
  const earlyStopping = { monitor: "valLoss", patience: 2 };
  // A rate that makes it worse after a while.
  const options = { optimizer: sgd({ learningRate: 3 }), epochs: 60, batchSize: 16, earlyStopping };
  const { history, stopped } = await run({ model, dataset: noisy, options });
  const best = history.valLoss.indexOf(Math.min(...history.valLoss));
  expect(stopped?.why).toBe("earlyStopping");
  expect(history.valLoss).toHaveLength(best + 1 + 2);
  const validation = noisy.validation;
  if (!validation) throw new Error("the data has a validation split");
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: sgd() });
  const x = tf.tensor(validation.x, [30, 3]);
  const y = tf.tensor1d(validation.y, "int32");
  expect((await step.evaluate({ x, y })).loss).toBeCloseTo(history.valLoss[best] as number, 5);
  step.dispose();
});

it("ends with the step whose loss is no number, keeping what was measured", async () => {
  const options = { optimizer: sgd({ learningRate: 1e30 }), epochs: 5, batchSize: 16 };
  const { history, stopped, steps } = await run({ model: small(), dataset: noisy, options });
  expect(stopped?.why).toBe("notFinite");
  expect(stopped?.reason).toMatch(/^the loss became (NaN|Infinity) in epoch 1, at step \d+$/);
  expect(history.loss).toHaveLength(1);
  expect(steps).toBeLessThan(7);
});

it("is interrupted in the middle of an epoch, with what was done kept in model and log", async () => {
  const controller = new AbortController();
  const model = small();
  const before = [...(model.getWeights()[0]?.dataSync() ?? [])];
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  const stop = setInterval(() => log.steps >= 20 && controller.abort(), 1);
  const options = { epochs: 1e6, batchSize: 16, signal: controller.signal };
  await expect(run({ model, dataset: noisy, options }, log)).rejects.toThrow(Interrupted);
  clearInterval(stop);
  expect(log.steps).toBeGreaterThanOrEqual(20);
  // The last full epoch may have been interrupted in its validation.
  expect(Math.floor(log.steps / 7) - log.history.loss.length).toBeOneOf([0, 1]);
  expect([...(model.getWeights()[0]?.dataSync() ?? [])]).not.toEqual(before);
});

it("an interrupt stays one where no checkpoint can be written then, which is told", async () => {
  const controller = new AbortController();
  const stop = { step: ({ step }: { step: number }) => void (step === 3 && controller.abort()) };
  const model = small();
  const { training, step: of } = fitPlan(model, noisy, { batchSize: 16, callbacks: stop });
  const told: string[] = [];
  const checkpoints = {
    isDueAfterStep: () => false,
    isDueAfterEpoch: () => false,
    save: () => Promise.reject(new Error("no state")),
  };
  const around = {
    ...{
      step: createCapturedStep(model, of),
      model,
      recorder: undefined,
      progress: silent,
      trial: undefined,
    },
    ...{ signals: [controller.signal], checkpoints, tell: (sentence: string) => void told.push(sentence) },
  };
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  await expect(train(training, around, log)).rejects.toThrow(Interrupted);
  expect(log.steps).toBe(4);
  expect(told).toEqual(["writing a checkpoint at the interrupt failed: no state"]);
});

function trialThatPrunesAfter(epoch: number, metric: string | undefined = "valLoss") {
  const reports: [number, number][] = [];
  const trial: TrialSeam = {
    ...{ number: 2, params: {}, metric, signal: new AbortController().signal },
    report: (value, step) => void reports.push([step, value]),
    shouldPrune: async () => reports.length >= epoch,
  };
  return { trial, reports };
}

it("reports each epoch to its trial and ends when that is pruned", async () => {
  const { trial, reports } = trialThatPrunesAfter(3);
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  await expect(run({ model: small(), dataset: noisy, options: { epochs: 9, trial } }, log)).rejects.toThrow(
    TrialPruned,
  );
  expect(reports).toEqual(log.history.valLoss.map((value, index) => [index + 1, value]));
  expect(reports).toHaveLength(3);
});

it("goes on counting in a second training of one trial", async () => {
  const { trial, reports } = trialThatPrunesAfter(99);
  const options = { epochs: 2, batchSize: 16, trial };
  const first = await run({ model: small(), dataset: noisy, options });
  const second = await run({ model: small(), dataset: noisy, options });
  expect(reports.map(([step]) => step)).toEqual([1, 2, 3, 4]);
  expect(reports.map(([, value]) => value)).toEqual([...first.history.valLoss, ...second.history.valLoss]);
  expect(second.history).toEqual(first.history);
  const { trial: other, reports: others } = trialThatPrunesAfter(99);
  await run({ model: small(), dataset: noisy, options: { ...options, trial: other } });
  expect(others.map(([step]) => step)).toEqual([1, 2]);
});

it("refuses a trial's metric that it does not measure", async () => {
  const { trial } = trialThatPrunesAfter(3, "valF1");
  await expect(run({ model: small(), dataset: noisy, options: { epochs: 2, trial } })).rejects.toThrow(
    'trial 2 asks for "valF1", measured are loss, accuracy, valLoss, valAccuracy',
  );
});

it("leaves no tensors behind, however it ends", async () => {
  const { trial } = trialThatPrunesAfter(1);
  const model = small();
  const once = async (options: FitOptions) => run({ model, dataset: noisy, options }).catch(() => {});
  await once({ epochs: 1 });
  const before = tf.memory().numTensors;
  await once({ epochs: 2, batchSize: 16, earlyStopping: { patience: 1 }, classWeights: "balanced" });
  await once({ epochs: 2, trial });
  await once({ epochs: 2, signal: AbortSignal.abort() });
  expect(tf.memory().numTensors).toBe(before);
});

it("leaves no tensors behind when the validation data does not reach the device", async () => {
  const model = small();
  const rows = Array.from({ length: 2_000 }, (_, i) => [i, 1, 0]);
  const { train: validation } = arrays({ x: rows, y: rows.map((_, i) => i % 2) });
  const options = { epochs: 1, validation };
  await run({ model, dataset: noisy, options });
  const before = tf.memory().numTensors;
  const executeOp = binding.executeOp.bind(binding);
  let gathered = 0;
  const broken = vi.spyOn(binding, "executeOp").mockImplementation((name, ...call) => {
    if (name === "GatherV2" && ++gathered === 6) throw new RangeError("the device is full");
    return executeOp(name, ...call);
  });
  await expect(run({ model, dataset: noisy, options })).rejects.toThrow("the device is full");
  broken.mockRestore();
  expect(tf.memory().numTensors).toBe(before);
});

it("follows a schedule, step by step", async () => {
  const options = {
    optimizer: sgd({ learningRate: 0.5 }),
    schedule: schedules.exponential({ steps: 7, factor: 0.5 }),
  };
  const { records, history } = await run({
    model: small(),
    dataset: noisy,
    options: { epochs: 2, batchSize: 16, ...options },
  });
  const rates = records.scalars.get("train/learningRate");
  for (const step of [0, 1, 7, 13]) expect(rates?.get(step)).toBeCloseTo(0.5 * 0.5 ** (step / 7), 12);
  expect(history.learningRate).toEqual([rates?.get(6), rates?.get(13)]);
});

it("lowers the rate on a plateau of what its epochs measured, in each training anew", async () => {
  const schedule = schedules.reduceOnPlateau({
    monitor: "accuracy",
    factor: 0.5,
    patience: 0,
    threshold: 10,
  });
  const rates = async () => {
    const options = { optimizer: sgd({ learningRate: 0.5 }), schedule, epochs: 4, batchSize: 16 };
    return (await run({ model: small(), dataset: noisy, options })).history.learningRate;
  };
  // The first accuracy is better than none; no later one is ten times as good.
  expect(await rates()).toEqual([0.5, 0.5, 0.25, 0.125]);
  expect(await rates()).toEqual([0.5, 0.5, 0.25, 0.125]);
});

it("gives the step a schedule's momentum, and its own rates whatever the optimiser's", async () => {
  const momentum = { least: 0.2, most: 0.9 };
  const train = async (learningRate: number, schedule: Schedule) => {
    const options = { optimizer: sgd({ learningRate, momentum: 0.5 }), schedule, epochs: 2, batchSize: 16 };
    return (await run({ model: small(), dataset: noisy, options })).losses;
  };
  const cycle = { epochs: 2, every: "step", maxLr: 0.1 } as const;
  const cycled = await train(1, schedules.oneCycle({ ...cycle, momentum }));
  expect(await train(0.01, schedules.oneCycle({ ...cycle, momentum }))).toEqual(
    cycled.map((loss) => expect.closeTo(loss, 5)),
  );
  expect(await train(1, schedules.oneCycle(cycle))).not.toEqual(cycled);
});

it("refuses a schedule's factor that is no number", async () => {
  const schedule = { name: "broken", factor: ({ step }: { step: number }) => (step < 3 ? 1 : Number.NaN) };
  await expect(
    run({ model: small(), dataset: noisy, options: { epochs: 2, batchSize: 16, schedule } }),
  ).rejects.toThrow(
    'fit needs a schedule whose factors are at least 0 and finite; "broken" gave NaN at step 3',
  );
});
