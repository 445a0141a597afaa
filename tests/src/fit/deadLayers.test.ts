/** The doctor on real trainings, of which one layer never learns, and on healthy ones of many kinds of layers. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { adam, sgd } from "../../../src/optim/index.js";
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
  expect(top?.prescription[0]?.text).toContain("what comes after first: rounding");
  expect(healthy).toBe(false);
});

it("names weights that a rate is too small for", async () => {
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
  expect(run.doctor().top).toMatchObject({ problem: "DeadLayer", severity: "error" });
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
