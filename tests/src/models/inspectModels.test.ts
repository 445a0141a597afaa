import { inspect } from "node:util";
import { expect, it } from "vitest";
import { inspectModels } from "../../../src/models/inspectModels.js";
import { mlp } from "../../../src/models/mlp.js";
import { tf } from "../../../src/native/index.js";

inspectModels();

const model = mlp({ inputShape: [3], hidden: [4], classes: 2 });

it("shows a model's line and the summary of TensorFlow.js", () => {
  const [line, ...table] = inspect(model).split("\n");
  // 3 · 4 + 4 and 4 · 2 + 2.
  expect(line).toBe('Sequential "mlp": 26 parameters, [n, 3] → [n, 2]');
  const summary: string[] = [];
  model.summary(undefined, undefined, (text) => summary.push(String(text)));
  expect(table).toEqual(summary);
});

it("shows a model within another value, and a layer, as a line", () => {
  const [, hidden] = model.layers;
  expect(inspect({ model, hidden })).toBe(
    '{\n  model: Sequential "mlp": 26 parameters, [n, 3] → [n, 2],\n  hidden: Dense "hidden_1": 16 parameters\n}',
  );
  expect(inspect(tf.layers.dense({ units: 4, name: "new", trainable: false }))).toBe(
    'Dense "new": not built yet, not trained',
  );
});

it("shows what is not built, and models of several inputs", () => {
  expect(inspect(tf.sequential({ name: "empty" }))).toBe('Sequential "empty": not built yet, 0 layers');
  const inputs = [2, 3].map((width) => tf.input({ shape: [width] }));
  const outputs = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
  const joined = tf.model({ inputs, outputs, name: "joined" });
  expect(inspect([joined])).toBe('[ Model "joined": 0 parameters, [n, 2], [n, 3] → [n, 5] ]');
});

it("shows a sequential model that nobody has called yet", () => {
  const layers = [tf.layers.dense({ units: 4, inputShape: [2] }), tf.layers.dense({ units: 2 })];
  const fresh = tf.sequential({ name: "fresh", layers });
  expect(inspect([fresh])).toBe('[ Sequential "fresh": 22 parameters, [n, 2] → [n, 2] ]');
  expect(inspect(fresh)).toContain("Trainable params: 22");
  fresh.add(tf.layers.dense({ units: 1 }));
  expect(inspect([fresh])).toBe('[ Sequential "fresh": 25 parameters, [n, 2] → [n, 1] ]');
});

it("counts one parameter as one", () => {
  const single = tf.layers.dense({ name: "single", units: 1, useBias: false, inputShape: [1] });
  tf.sequential({ layers: [single] });
  expect(inspect(single)).toBe('Dense "single": 1 parameter');
});

it("shows what a person's own layer has of its own, within another value its line", () => {
  class Gate extends tf.layers.Layer {
    static readonly className = "Gate";
    readonly rate = 0.5;
    readonly inner = tf.layers.dense({ name: "inner", units: 2 });
  }
  const gate = new Gate({ name: "gate" });
  expect(inspect(gate)).toBe('Gate "gate": not built yet { rate: 0.5, inner: Dense "inner": not built yet }');
  expect(inspect([gate])).toBe('[ Gate "gate": not built yet ]');
  expect(inspect(tf.layers.leakyReLU({ name: "leaky" }))).toBe('LeakyReLU "leaky": not built yet');
});
