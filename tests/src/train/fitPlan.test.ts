import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/mlp.js";
import { tf } from "../../../src/native/index.js";
import { adam, sam, schedules, sgd } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";

const x = Array.from({ length: 20 }, (_, i) => [i, 1, 0]);
const dataset = arrays({ x, y: x.map((_, i) => i % 3), validation: 5 });
const model = () => mlp({ inputShape: [3], hidden: [4], classes: 3 });

it("gives every option its value", () => {
  const { training, step, track } = fitPlan(model(), dataset, {});
  expect(training).toMatchObject({
    epochs: 10,
    batchSize: 64,
    seed: 0,
    shuffle: true,
    loss: "crossEntropy",
    learningRate: 0.001,
    validation: dataset.validation,
  });
  expect([training.classWeights, training.earlyStopping, step.clipNorm]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(track).toEqual({ name: "mlp", said: {}, histograms: ["weights", "gradients", "activations"] });
});

it("leaves the samples of a stateful model in their order unless told", () => {
  const lstm = tf.layers.lstm({ units: 1, stateful: true, batchInputShape: [2, 3, 1] });
  const stateful = tf.sequential({ layers: [lstm] });
  const series = arrays({ x: x.slice(0, 4).map((row) => row.map((value) => [value])), y: [0.5, 1, 1.5, 2] });
  expect(fitPlan(stateful, series, {}).training.shuffle).toBe(false);
  expect(fitPlan(stateful, series, { shuffle: true }).training.shuffle).toBe(true);
});

it("chooses the loss by the data and the output", () => {
  const two = arrays({ x, y: x.map((_, i) => i % 2) });
  const line = arrays({ x, y: x.map((_, i) => i / 2) });
  const single = mlp({ inputShape: [3], hidden: [], outputs: 1 });
  expect(fitPlan(single, two, {}).training.loss).toBe("binaryCrossEntropy");
  expect(fitPlan(single, line, {}).training.loss).toBe("meanSquaredError");
  expect(fitPlan(single, two, { loss: "meanSquaredError" }).training.loss).toBe("meanSquaredError");
});

it("takes the seed of a trial unless given one", () => {
  const trial = {
    ...{ number: 3, seed: 99, params: {}, metric: "valLoss", signal: new AbortController().signal },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  expect(fitPlan(model(), dataset, { trial }).training.seed).toBe(99);
  expect(fitPlan(model(), dataset, { trial, seed: 1 }).training.seed).toBe(1);
});

it("samples about 40 steps of a training, short ones more seldom, at least 10, unless told", () => {
  const many = arrays({
    x: new Float32Array(3 * 64_000),
    y: new Int32Array(64_000),
    classes: 3,
    inputShape: [3],
  });
  expect(fitPlan(model(), many, { epochs: 6 }).training.sampleEvery).toBe(600);
  expect(fitPlan(model(), many, { epochs: 1, batchSize: 160 }).training.sampleEvery).toBe(40);
  expect(fitPlan(model(), many, { epochs: 1, batchSize: 640 }).training.sampleEvery).toBe(10);
  expect(fitPlan(model(), dataset, { epochs: 2 }).training.sampleEvery).toBe(1);
  expect(fitPlan(model(), many, { track: { sampleEvery: 7 } }).training.sampleEvery).toBe(7);
});

const unchecked = (options: unknown) => () => fitPlan(model(), dataset, options as FitOptions);

it("gives the step which activations are computed again, unless none are", () => {
  const deep = () => mlp({ inputShape: [3], hidden: [4, 4], classes: 3 });
  expect(fitPlan(deep(), dataset, { rematerialize: "sqrt" }).step.rematerialize).toBe("sqrt");
  expect(fitPlan(deep(), dataset, { rematerialize: false }).step).not.toHaveProperty("rematerialize");
});

it.each([
  [{ rematerialise: true }, RangeError, 'it was given "rematerialise", the nearest is "rematerialize"'],
  [
    { rematerialize: { segments: 0 } },
    RangeError,
    "rematerialize's segments to be a whole number of at least 2",
  ],
  [{ epoch: 3 }, RangeError, 'fit needs options it knows; it was given "epoch", the nearest is "epochs"'],
  [{ learningRate: 0.1 }, RangeError, 'given "learningRate", which is the optimizer\'s: optimizer: adam('],
  [{ initialEpoch: 1 }, RangeError, "fit needs options it knows (optimizer, schedule, epochs, "],
  [{ earlyStopping: { patiente: 3 } }, RangeError, 'it was given "patiente", the nearest is "patience"'],
  [{ epochs: 0 }, RangeError, "fit needs epochs to be a whole number of at least 1; it was given 0"],
  [
    { batchSize: 2.5 },
    RangeError,
    "fit needs batchSize to be a whole number of at least 1; it was given 2.5",
  ],
  [{ epochs: "3" }, RangeError, 'epochs to be a whole number of at least 1; it was given "3"'],
  [{ seed: "3" }, RangeError, 'an integer as seed; it was given "3"'],
  [{ stepsPerExecution: "8" }, RangeError, 'a whole number from 1 to 1000; it was given "8"'],
  [{ maxSeconds: "60" }, RangeError, 'maxSeconds to be above 0; it was given "60"'],
  [
    { checkpoint: { keepLast: "2" } },
    RangeError,
    'keepLast to be a whole number of at least 1; it was given "2"',
  ],
  [{ track: { sampleEvery: "5" } }, RangeError, 'whole number of at least 1; it was given "5"'],
  [{ earlyStopping: { patience: "3" } }, RangeError, 'patience of at least 1 epoch; it was given "3"'],
  [{ clipNorm: 0 }, RangeError, "fit needs a clipNorm above 0; it was given 0"],
  [{ clipNorm: Number.NaN }, RangeError, "fit needs a clipNorm above 0; it was given NaN"],
  [{ accumulate: 0 }, RangeError, "accumulate to be a whole number of at least 1; it was given 0"],
  [
    { accumulate: 2, optimizer: sam(sgd()) },
    TypeError,
    "needs accumulate 1 for an optimizer that climbs before it descends; it was given 2 with sam(sgd)",
  ],
  [
    { clipNorm: 1, clipValue: 2 },
    RangeError,
    "at most one way to clip gradients; it was given clipNorm and clipValue",
  ],
  [{ clipValue: 0 }, RangeError, "fit needs a clipValue above 0; it was given 0"],
  [
    { clipAdaptive: { factor: -1 } },
    RangeError,
    "fit needs a clipAdaptive's factor above 0; it was given -1",
  ],
  [{ clipAdaptive: { share: 1 } }, RangeError, 'it was given "share"'],
  [{ labelSmoothing: 1 }, RangeError, "labelSmoothing to be at least 0 and below 1; it was given 1"],
  [{ labelSmoothing: 0.1, loss: "meanSquaredError" }, TypeError, "a single output beside class labels"],
  [{ maxSteps: 0 }, RangeError, "maxSteps to be a whole number of at least 1; it was given 0"],
  [{ maxSeconds: 0 }, RangeError, "maxSeconds to be above 0; it was given 0"],
  [{ notFinite: "ignore" }, RangeError, 'notFinite to be "stop" or "skip" or "tell"; it was given "ignore"'],
  [{ outOfMemory: "double" }, RangeError, 'outOfMemory to be "stop" or "halve"; it was given "double"'],
  [
    { callbacks: { onEpoch: () => {} } },
    TypeError,
    'functions begin, step, epoch, end; it was given "onEpoch"',
  ],
  [{ callbacks: [() => {}] }, TypeError, "functions begin, step, epoch, end; it was given "],
  [{ restoreBest: true, earlyStopping: {} }, TypeError, "either restoreBest or earlyStopping"],
  [
    { restoreBest: { monitor: "valAccuracy" }, validation: false },
    RangeError,
    'restoreBest needs to monitor what is measured here (loss, accuracy); it was given "valAccuracy"',
  ],
  [
    { checkpoint: true, track: false },
    TypeError,
    "fit needs a run on disk for checkpoint; it was given track: false",
  ],
  [{ resume: 3 }, TypeError, "resume to be a run's folder, id or name; it was given 3"],
  [{ checkpoint: { monitor: "cost" } }, RangeError, 'it was given "cost"'],
  [
    { precision: "float8" },
    RangeError,
    'precision to be "float32" or "bfloat16" or "float16"; it was given "float8"',
  ],
  [{ lossScale: 1024 }, RangeError, 'precision "float16" for lossScale'],
  [{ seed: 0.5 }, RangeError, "fit needs an integer as seed; it was given 0.5"],
  [
    { optimizer: "adam" },
    TypeError,
    'fit needs an optimizer such as adam({ learningRate: 1e-3 }); it was given "adam": write adam()',
  ],
  [
    { optimizer: tf.train.adam(0.01) },
    TypeError,
    "given TensorFlow.js's own tf.train.adam: write adam({ learningRate: 0.01 })",
  ],
  [{ schedule: schedules.cosine }, TypeError, "given the function cosine itself: call it"],
  [{ schedule: "cosine" }, TypeError, "fit needs a schedule such as schedules.cosine({ epochs: 5 }); it was"],
  [
    { schedule: schedules.reduceOnPlateau({ monitor: "valLoss" }), validation: false },
    RangeError,
    'fit needs a schedule that monitors what is measured here (loss, accuracy); it was given "valLoss"',
  ],
  [
    { schedule: schedules.oneCycle({ epochs: 5, momentum: { least: 0.85, most: 0.95 } }), optimizer: sgd() },
    TypeError,
    'fit needs an optimizer with momentum for a schedule of it ("one cycle up to ×1 over 5 epochs"); it was given sgd without',
  ],
  [
    { loss: "hinge" },
    RangeError,
    'crossEntropy, binaryCrossEntropy, meanSquaredError or a function; it was given "hinge"',
  ],
  [{ earlyStopping: { monitor: "accurracy" } }, RangeError, '"accurracy"'],
  [
    { earlyStopping: { monitor: "valAccuracy" }, validation: false },
    RangeError,
    'earlyStopping needs to monitor what is measured here (loss, accuracy); it was given "valAccuracy"',
  ],
  [{ track: { histogramEntries: 0 } }, RangeError, 'whole number of at least 1, or "all"; it was given 0'],
  [{ track: { histogramEntries: "some" } }, RangeError, 'at least 1, or "all"; it was given "some"'],
  [{ track: { histogram: "weights" } }, RangeError, 'it was given "histogram", the nearest is "histograms"'],
  [
    { track: { histograms: "weight" } },
    RangeError,
    'histograms of weights, gradients, activations; it was given "weight"',
  ],
  [
    { track: { sampleEvery: 0 } },
    RangeError,
    "sampleEvery to be a whole number of at least 1; it was given 0",
  ],
  [{ track: "" }, TypeError, 'name to be a text, not an empty one; it was given ""'],
  [{ track: { name: 3 } }, TypeError, "name to be a text, not an empty one; it was given 3"],
  [{ track: true }, TypeError, "fit needs track to be a name, false or options; it was given true"],
])("refuses %j", (options, kind, message) => {
  expect(unchecked(options)).toThrow(kind);
  expect(unchecked(options)).toThrow(message);
});

it("refuses a learning rate that is no number where it is given", () => {
  expect(() => adam({ learningRate: Number.NaN })).toThrow(
    "adam's learningRate must be at least 0 and finite, but is NaN",
  );
});

it("names both shapes when model and data do not fit", () => {
  const wide = mlp({ inputShape: [4], hidden: [], classes: 3 });
  expect(() => fitPlan(wide, dataset, {})).toThrow(
    `fit needs samples that fit the model's input [4]; the split "train" holds samples of [3]`,
  );
  const fewer = mlp({ inputShape: [3], hidden: [], classes: 2 });
  expect(() => fitPlan(fewer, dataset, {})).toThrow(
    'fit needs a model with one output for each of 3 classes; the output of "mlp" is [2]',
  );
  const line = arrays({ x, y: x.map(() => [0.5, 1]), task: "regression" });
  expect(() => fitPlan(fewer, arrays({ x, y: x.map((_, i) => i / 2) }), {})).toThrow(
    `fit needs targets that fit the model's output [2]; the split "train" holds targets of [1]`,
  );
  expect(fitPlan(mlp({ inputShape: [3], hidden: [], outputs: 2 }), line, {}).training.loss).toBe(
    "meanSquaredError",
  );
});

it("says which loss fits the outputs and the labels", () => {
  const two = arrays({ name: "two", x, y: x.map((_, i) => i % 2) });
  const line = arrays({ name: "line", x, y: x.map((_, i) => i / 2) });
  const flags = arrays({ name: "flags", x, y: x.map((_, i) => [i % 2, 0.5]), task: "regression" });
  const outputs = (count: number) => mlp({ inputShape: [3], hidden: [], outputs: count, name: "net" });
  const net = (model: tf.LayersModel, data: typeof two, loss?: FitOptions["loss"]) => () =>
    fitPlan(model, data, { ...(loss && { loss }) }).training.loss;
  expect(net(outputs(1), two, "crossEntropy")).toThrow(
    'fit needs one output for each class for crossEntropy; "net" has 1 output: use loss "binaryCrossEntropy" with a sigmoid',
  );
  expect(net(model(), dataset, "binaryCrossEntropy")).toThrow(
    'fit needs a single output beside class labels for binaryCrossEntropy; "mlp" has 3 outputs: use loss "crossEntropy"',
  );
  expect(net(model(), dataset, "meanSquaredError")).toThrow('"mlp" has 3 outputs: use loss "crossEntropy"');
  expect(net(outputs(1), line, "crossEntropy")).toThrow(
    'fit needs class labels for crossEntropy; "line" is a regression: give data.arrays labels as y, or rows of one 1 and else 0, or use loss "meanSquaredError"',
  );
  expect(net(outputs(1), line, "binaryCrossEntropy")).toThrow(
    'fit needs targets from 0 to 1 for binaryCrossEntropy; "line" holds 1.5: use loss "meanSquaredError"',
  );
  expect(net(outputs(2), flags, "binaryCrossEntropy")()).toBe("binaryCrossEntropy");
  const constant = tf.sequential({
    name: "constant",
    layers: [tf.layers.dense({ units: 1, inputShape: [3], activation: "softmax" })],
  });
  expect(net(constant, two)).toThrow(
    'the softmax of the one output of "constant" is always 1: use a sigmoid there',
  );
});

it("monitors what the loss measures", () => {
  const two = arrays({ x, y: x.map((_, i) => i % 2), validation: 5 });
  const flags = arrays({ x, y: x.map((_, i) => [i % 2, 1]), task: "regression", validation: 5 });
  const watch = (data: typeof two, loss: NonNullable<FitOptions["loss"]>, monitor: string) => () =>
    fitPlan(mlp({ inputShape: [3], hidden: [], outputs: data === two ? 1 : 2 }), data, {
      loss,
      earlyStopping: { monitor },
    }).training.earlyStopping?.monitor;
  expect(watch(two, "binaryCrossEntropy", "valAccuracy")()).toBe("valAccuracy");
  expect(watch(flags, "binaryCrossEntropy", "valAccuracy")()).toBe("valAccuracy");
  expect(watch(two, "meanSquaredError", "valMeanAbsoluteError")()).toBe("valMeanAbsoluteError");
  expect(watch(two, "meanSquaredError", "valAccuracy")).toThrow(
    'what is measured here (loss, meanAbsoluteError, valLoss, valMeanAbsoluteError); it was given "valAccuracy"',
  );
});

it("refuses what is no trainable model", () => {
  const frozen = model();
  for (const layer of frozen.layers) layer.trainable = false;
  expect(() => fitPlan(frozen, dataset, {})).toThrow('every layer of "mlp" is frozen or has none');
  expect(() => fitPlan({} as tf.LayersModel, dataset, {})).toThrow(
    "fit needs a tf.LayersModel such as models.mlp(…) returns",
  );
  const empty = tf.sequential({ name: "empty" });
  expect(() => fitPlan(empty, dataset, {})).toThrow('"empty" needs an inputShape on its first layer');
  const input = tf.input({ shape: [3] });
  const outputs = ["wide", "narrow"].map(
    (name) => tf.layers.dense({ name, units: 3 }).apply(input) as tf.SymbolicTensor,
  );
  const forked = tf.model({ inputs: input, outputs, name: "forked" });
  expect(() => fitPlan(forked, dataset, {})).toThrow(
    'fit needs a y for each output of the model ("wide", "narrow"); the split "train" holds 1: give data.arrays y: { "wide": …, "narrow": … }',
  );
});

it("builds a sequential model that was not used yet", () => {
  const fresh = tf.sequential({
    layers: [
      tf.layers.dense({ units: 3, inputShape: [3], kernelRegularizer: tf.regularizers.l2({ l2: 1 }) }),
    ],
  });
  fitPlan(fresh, dataset, {});
  expect(fresh.calculateLosses()).toHaveLength(1);
});
