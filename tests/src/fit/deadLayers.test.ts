/** The doctor on real trainings, of which one layer never learns, and on healthy ones of many kinds of layers. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { deadLayer } from "../../../src/doctor/rules/deadLayer.js";
import { viewRun } from "../../../src/doctor/runView.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { adam, sgd } from "../../../src/optim/index.js";
import { readRun } from "../../../src/track/index.js";
import { digits, stage, track } from "./trainingScene.js";

stage();

/** Rounds, whose gradient is 0 everywhere. */
class Rounded extends tf.layers.Layer {
  static readonly className = "Rounded";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.round(tf.mul(x as tf.Tensor, 4));
  }
}

const { dense } = tf.layers;
const flat = arrays({
  x: digits.train.x.subarray(0, 784 * 600),
  y: digits.train.y.subarray(0, 600),
  inputShape: [784],
  classes: 10,
  validation: 0.2,
});
const options = { epochs: 8, batchSize: 40, optimizer: adam({ learningRate: 3e-3 }) };

it("names a layer before a rounding, though the run learns without it", async () => {
  const net = tf.sequential({
    layers: [
      dense({ units: 128, inputShape: [784], name: "first" }),
      new Rounded({ name: "rounded" }),
      dense({ units: 10, activation: "softmax", name: "answer" }),
    ],
  });
  const run = await fitModel(net, flat, { ...options, track: track("rounded") });
  expect(run.best("accuracy")).toBeGreaterThan(0.8);
  const { top, healthy } = run.doctor();
  expect(top).toMatchObject({ problem: "DeadLayer", layer: "first", severity: "warning" });
  // First what a program can try: the layer of one's own that stands there is left out.
  expect(top?.prescription.slice(0, 2).map(({ text }) => text)).toEqual([
    expect.stringContaining("Leave rounded out"),
    expect.stringContaining("what the outputs of first go into: rounding"),
  ]);
  expect(healthy).toBe(false);
});

/** Three epochs of three layers, as the rule by itself sees them: what else is found may explain it. */
async function diagnosed(
  name: string,
  changed: { first?: object; second?: object; answer?: object; scale?: number },
) {
  const { first, second, answer, scale = 1 } = changed;
  const net = tf.sequential({
    layers: [
      dense({ units: 16, activation: "relu", inputShape: [784], name: "first", ...first }),
      dense({ units: 16, activation: "relu", name: "second", ...second }),
      dense({ units: 10, activation: "softmax", name: "answer", ...answer }),
    ],
  });
  const { y, x } = flat.train;
  const scaled = arrays({ x: x.map((value) => value * scale), y, inputShape: [784], classes: 10 });
  const run = await fitModel(net, scaled, { ...options, epochs: 3, track: track(name) });
  const judgement = deadLayer.judge(viewRun(readRun(run.dir as string)));
  return judgement.kind === "verdict" ? judgement.verdict : undefined;
}

it("names the layer whose ReLUs are dead, not those that it cuts off on either side", async () => {
  const biasInitializer = tf.initializers.constant({ value: -1e4 });
  const verdict = await diagnosed("dead ReLUs", { second: { biasInitializer } });
  expect(verdict).toMatchObject({ severity: "error", layer: "second" });
  expect(verdict?.message).toContain(
    "all weights of first, second and of the kernel of answer are exactly 0",
  );
  expect(verdict?.evidence[1]).toMatchObject({ value: 100, tag: "activationZero/second" });
  expect(verdict?.prescription[0]?.text).toContain("Every output of second is 0, where a ReLU has no slope");
  expect(JSON.stringify(verdict)).not.toContain("rounding");
});

it("says of a saturated tanh that the inputs are too large", async () => {
  const tanh = { activation: "tanh" };
  const verdict = await diagnosed("saturated", { first: tanh, second: tanh, scale: 1e8 });
  expect(verdict).toMatchObject({ severity: "error", layer: "first" });
  expect(verdict?.evidence[1]).toMatchObject({ value: 100, tag: "activationSaturated/first" });
  expect(verdict?.prescription[0]?.text).toContain(
    "Scale the inputs to about −1 to 1: every output of first",
  );
});

it("says of kernels of zeros that they are to be initialised", async () => {
  const zeros = { kernelInitializer: "zeros" };
  const verdict = await diagnosed("zeros", { first: zeros, second: zeros, answer: zeros });
  expect(verdict).toMatchObject({ severity: "error", layer: "second" });
  expect(verdict?.evidence[1]).toMatchObject({ tag: "weightL2/second/kernel" });
  expect(verdict?.prescription[0]?.text).toContain("Initialise second/kernel: all its numbers are 0");
});

it("names the first of several layers that put out 0, and its inputs", async () => {
  const verdict = await diagnosed("no input", { scale: 0 });
  expect(verdict?.evidence[1]).toMatchObject({ tag: "activationZero/first" });
  expect(verdict?.prescription.map(({ text }) => text).join()).toContain("Look at what goes into first");
});

it("says of a kernel alone that nothing goes into it, as a warning", async () => {
  const tanh = { activation: "tanh" };
  const verdict = await diagnosed("kernel alone", { first: tanh, second: tanh, scale: 0 });
  expect(verdict).toMatchObject({ severity: "warning", layer: "first" });
  expect(verdict?.message).toContain("The gradients of the kernel of first are exactly 0");
  expect(verdict?.prescription.map(({ text }) => text)).toEqual([
    "Look at what goes into first, such as the data set's inputs: from an input that is 0 for every sample a kernel learns nothing",
  ]);
});

it.each([
  ["l2", tf.regularizers.l2({ l2: 1e-3 })],
  ["l1", tf.regularizers.l1({ l1: 1e-4 })],
])("looks through an %s penalty, whose gradient a dead layer has too", async (name, kernelRegularizer) => {
  const biasInitializer = tf.initializers.constant({ value: -1e4 });
  const penalised = { kernelRegularizer };
  const dead = { first: penalised, second: { ...penalised, biasInitializer }, answer: penalised };
  const verdict = await diagnosed(`dead ${name}`, dead);
  expect(verdict).toMatchObject({ severity: "error", layer: "second" });
  expect(verdict?.message).toContain(
    "all weights of first, second and of the kernel of answer are 0 but for the penalty's",
  );
  expect(
    await diagnosed(`alive ${name}`, { first: penalised, second: penalised, answer: penalised }),
  ).toBeUndefined();
});

it("is silent on the slopes of a PReLU behind a ReLU, which it never uses", async () => {
  const net = tf.sequential({
    layers: [
      dense({ units: 16, activation: "relu", inputShape: [784] }),
      tf.layers.prelu(),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
  const run = await fitModel(net, flat, { ...options, epochs: 3, track: track("prelu") });
  expect(run.doctor().outcomes).toContainEqual({ problem: "DeadLayer", outcome: "healthy" });
});

it("names weights that a rate is too small for, as a remark beside what says so", async () => {
  const net = tf.sequential({
    layers: [
      dense({ units: 8, inputShape: [784], activation: "tanh", kernelInitializer: "ones", name: "first" }),
      dense({ units: 10, activation: "softmax", kernelInitializer: "ones", name: "answer" }),
    ],
  });
  const run = await fitModel(net, flat, {
    ...options,
    optimizer: sgd({ learningRate: 1e-12 }),
    track: track("still"),
  });
  expect(run.doctor().verdicts).toContainEqual(
    expect.objectContaining({ problem: "DeadLayer", severity: "info", follows: "BadInitialization" }),
  );
});

it("is silent on a healthy net of convolutions, norms, recurrences, embeddings and frozen layers", async () => {
  const { layers } = tf;
  const image = tf.input({ shape: [28, 28, 1] });
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  let x = apply(layers.conv2d({ filters: 4, kernelSize: 5, strides: 2, activation: "relu" }), image);
  x = apply(layers.batchNormalization(), x);
  x = apply(layers.separableConv2d({ filters: 8, kernelSize: 3, strides: 2, activation: "relu" }), x);
  const rows = apply(layers.reshape({ targetShape: [5, 40] }), x);
  const parts = [
    apply(layers.lstm({ units: 8 }), rows),
    apply(layers.gru({ units: 8 }), apply(layers.layerNormalization(), rows)),
    apply(layers.dense({ units: 8, trainable: false }), apply(layers.flatten(), rows)),
    apply(layers.prelu(), apply(layers.dense({ units: 8 }), apply(layers.flatten(), x))),
  ];
  const merged = apply(layers.dropout({ rate: 0.1 }), layers.concatenate().apply(parts) as tf.SymbolicTensor);
  const model = tf.model({
    inputs: image,
    outputs: apply(layers.dense({ units: 10, activation: "softmax" }), merged),
  });
  const run = await fitModel(model, digits, { ...options, epochs: 3, track: track("healthy") });
  expect(run.best("accuracy")).toBeGreaterThan(0.7);
  expect(run.doctor().outcomes).toContainEqual({ problem: "DeadLayer", outcome: "healthy" });
});
