/** The last activations of models with several outputs; those of one are looked at beside the losses. */
import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { applyToLogits, headActivations } from "../../../src/train/head.js";
import { torchModel } from "./heads/torchHeads.js";

const { dense, dropout, reshape } = tf.layers;
const x = () => [tf.randomNormal([4, 6], 0, 1, "float32", 1), tf.randomNormal([4, 3], 0, 1, "float32", 2)];
const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => tensor.arraySync());

/** `output` beside the model's own, by the same weights. */
const close = (got: tf.Tensor, expected: tf.Tensor) => {
  expect(got.shape).toEqual(expected.shape);
  const [one, other] = [got.dataSync(), expected.dataSync()];
  one.forEach((value, i) => {
    expect(Math.abs(value - (other[i] as number))).toBeLessThan(1e-5);
  });
};

describe("of several outputs", () => {
  it("are left out of all and put back", () => {
    const model = torchModel(["score", "kind"]);
    const given = x();
    const before = numbers(model.predict(given) as tf.Tensor[]);
    expect(headActivations(model)).toEqual(["linear", "softmax"]);
    const [score, kind] = applyToLogits(model, given, { training: false }) as [tf.Tensor, tf.Tensor];
    const said = model.predict(given) as [tf.Tensor, tf.Tensor];
    close(score, said[0]);
    close(tf.softmax(kind), said[1]);
    expect(kind.sum(-1).dataSync()[0]).not.toBeCloseTo(1);
    expect(numbers(said)).toEqual(before);
  });

  it("stay where another layer reads them", () => {
    const model = torchModel(["gate", "kind"]);
    const given = x();
    expect(headActivations(model)).toEqual(["unknown", "softmax"]);
    const [gate, kind] = applyToLogits(model, given, { training: false }) as [tf.Tensor, tf.Tensor];
    const said = model.predict(given) as [tf.Tensor, tf.Tensor];
    close(gate, said[0]);
    close(tf.softmax(kind), said[1]);
  });

  it("are known where a linear one is read", () => {
    const input = tf.input({ shape: [6] });
    const logits = dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const flat = reshape({ targetShape: [3, 1] }).apply(logits) as tf.SymbolicTensor;
    expect(headActivations(tf.model({ inputs: input, outputs: [logits, flat] }))).toEqual([
      "linear",
      "linear",
    ]);
  });

  it("are left out of a layer that makes two outputs", () => {
    const inputs = [tf.input({ shape: [6] }), tf.input({ shape: [6] })];
    const shared = dense({ units: 3, activation: "softmax" });
    const outputs = inputs.map((input) => shared.apply(input) as tf.SymbolicTensor);
    const model = tf.model({ inputs, outputs });
    const given = [tf.ones([2, 6]), tf.fill([2, 6], -1)];
    expect(headActivations(model)).toEqual(["softmax", "softmax"]);
    const logits = applyToLogits(model, given, { training: false });
    const said = model.predict(given) as tf.Tensor[];
    for (const k of [0, 1]) close(tf.softmax(logits[k] as tf.Tensor), said[k] as tf.Tensor);
  });
});

it("of one output stays where its own layer reads it", () => {
  const input = tf.input({ shape: [3] });
  const twice = dense({ units: 3, activation: "sigmoid" });
  const output = twice.apply(twice.apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  expect(headActivations(model)).toEqual(["unknown"]);
  const [got] = applyToLogits(model, [tf.ones([2, 3])], { training: false }) as [tf.Tensor];
  close(got, model.predict(tf.ones([2, 3])) as tf.Tensor);
});

it("of a nested model is known by where the outer model reads it", () => {
  const inner = tf.sequential({ layers: [dense({ units: 3, activation: "softmax", inputShape: [3] })] });
  const input = tf.input({ shape: [3] });
  const first = inner.apply(input) as tf.SymbolicTensor;
  const other = dense({ units: 1, activation: "sigmoid" });
  const apart = tf.model({ inputs: input, outputs: [first, other.apply(input) as tf.SymbolicTensor] });
  expect(headActivations(apart)).toEqual(["softmax", "sigmoid"]);
  const behind = dense({ units: 1, activation: "sigmoid" }).apply(first) as tf.SymbolicTensor;
  expect(headActivations(tf.model({ inputs: input, outputs: [first, behind] }))).toEqual([
    "unknown",
    "sigmoid",
  ]);
});

it("of a nested model with several outputs are those of its outputs", () => {
  const inner = torchModel(["score", "gate", "kind"]);
  const inputs = [6, 3].map((width) => tf.input({ shape: [width] }));
  const [score, gate, kind] = inner.apply(inputs) as [
    tf.SymbolicTensor,
    tf.SymbolicTensor,
    tf.SymbolicTensor,
  ];
  const thinned = dropout({ rate: 0.5 }).apply(score) as tf.SymbolicTensor;
  const outer = tf.model({ inputs, outputs: [kind, gate, score] });
  expect(headActivations(outer)).toEqual(["softmax", "unknown", "linear"]);
  // What is read is not told apart by the nested model's outputs.
  const behind = tf.model({ inputs, outputs: [thinned, kind] });
  expect(headActivations(behind)).toEqual(["linear", "unknown"]);
  const given = x();
  for (const model of [outer, behind]) {
    const heads = headActivations(model);
    const said = model.predict(given) as tf.Tensor[];
    applyToLogits(model, given, { training: false }).forEach((logits, k) => {
      close(heads[k] === "softmax" ? tf.softmax(logits) : logits, said[k] as tf.Tensor);
    });
  }
});
