import { expect, test } from "vitest";
import { modelSummary } from "../../../src/models/summary.js";
import { tf } from "../../../src/native/index.js";
import { compareRuns } from "../../../src/track/compareRuns.js";
import { comparableNames } from "../../../src/track/layerNames.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** With names of TensorFlow.js's, a nested model and an input that two layers share. */
function built(units = 3): tf.LayersModel {
  const inner = tf.sequential();
  inner.add(tf.layers.dense({ units, inputShape: [4] }));
  const [input, other] = [tf.input({ shape: [4] }), tf.input({ shape: [units] })];
  const hidden = inner.apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add().apply([hidden, other]) as tf.SymbolicTensor;
  const outputs = [sum, hidden].map((from) =>
    tf.layers.dense({ units: 2 }).apply(tf.layers.batchNormalization().apply(from)),
  );
  return tf.model({ inputs: [input, other], outputs: outputs as tf.SymbolicTensor[] });
}

test("one architecture built again has the same names, whatever TensorFlow.js called its layers", () => {
  const [first, again] = [built(), built()].map(modelSummary);
  const raw = [first, again].map((model) => model?.layers.map(({ name }) => name));
  expect(raw[0]).not.toEqual(raw[1]);
  const names = comparableNames(first?.layers ?? []);
  expect(comparableNames(again?.layers ?? [])).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
  expect([...names].sort()).toEqual(
    [
      "add_Add1",
      "batch_normalization_BatchNormalization1",
      "batch_normalization_BatchNormalization2",
      "dense_Dense1",
      "dense_Dense2",
      "input1",
      "input2",
      "sequential_1",
    ].sort(),
  );
});

test("names that a person gave stay", () => {
  const named = ["hidden", "hidden_2", "dense_1", "input"].map((name) => ({ name, kind: "Dense" }));
  expect(comparableNames(named)).toEqual(["hidden", "hidden_2", "dense_1", "input"]);
  expect(comparableNames([{ name: "input", kind: "InputLayer" }])).toEqual(["input"]);
  expect(comparableNames([{ name: "dense_Dense9_input", kind: "InputLayer" }])).toEqual(["input1"]);
});

test("runs of one architecture differ in nothing, and of another in the layer that does", () => {
  const dir = temporaryFolder();
  const models: Readonly<Record<string, number>> = { one: 3, two: 3, wide: 5 };
  for (const [name, units] of Object.entries(models)) {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units, inputShape: [4] }));
    model.add(tf.layers.dense({ units: 1 }));
    openRun({ name, dir, sources: [], model: modelSummary(model) }).finish();
  }
  expect(compareRuns(["one", "two"], { dir }).parts.config).toEqual([]);
  expect(compareRuns(["one", "wide"], { dir }).parts.config).toEqual([
    { key: "parameters", values: [19, 31] },
    { key: "layer dense_Dense1.units", values: [3, 5] },
  ]);
});
