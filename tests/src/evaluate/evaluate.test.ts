import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Interrupted } from "../../../src/base/errors.js";
import { host, installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { arrays } from "../../../src/data/arrays.js";
import { evaluate } from "../../../src/evaluate/evaluate.js";
import { tf } from "../../../src/native/index.js";

installHost(terminalHost({ write: () => true }));

const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/evaluate/sklearn_classification.json", import.meta.url), "utf8"),
) as {
  labels: number[];
  logits: number[][];
  predictions: number[];
  confusionMatrix: number[][];
  accuracy: number;
  recall: number[];
  precision: number[];
  f1: number[];
  macroF1: number;
  loss: number;
};

/** A model whose logits are its input. */
function identity(activation: "softmax" | "linear"): tf.LayersModel {
  const kernelInitializer = tf.initializers.identity({});
  const layer = tf.layers.dense({ units: 5, inputShape: [5], activation, kernelInitializer });
  return tf.sequential({ layers: [layer] });
}

const split = arrays({ x: oracle.logits, y: oracle.labels, classes: 5 }).train;

it.each(["softmax", "linear"] as const)("agrees with scikit-learn behind a %s head", async (activation) => {
  const result = await evaluate(identity(activation), split, { batchSize: 7 });
  expect([...result.predictions]).toEqual(oracle.predictions);
  expect(result.confusionMatrix.counts).toEqual(oracle.confusionMatrix);
  expect(result.accuracy).toBeCloseTo(oracle.accuracy, 12);
  expect(result.f1).toBeCloseTo(oracle.macroF1, 12);
  const close = (given: readonly number[], expected: readonly number[]) =>
    given.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k] as number, 12);
    });
  close(result.perClassRecall, oracle.recall);
  close(result.perClassPrecision, oracle.precision);
  close(result.perClassF1, oracle.f1);
  // Our loss is computed in float32.
  expect(Math.abs(result.loss / oracle.loss - 1)).toBeLessThan(1e-6);
});

it("reads a single sigmoid output as two classes", async () => {
  const layer = tf.layers.dense({
    units: 1,
    inputShape: [1],
    activation: "sigmoid",
    kernelInitializer: "ones",
  });
  const model = tf.sequential({ layers: [layer] });
  const two = arrays({ x: [[-2], [3], [1], [-1]], y: [0, 1, 0, 1] }).train;
  const result = await evaluate(model, two);
  expect([...result.predictions]).toEqual([0, 1, 1, 0]);
  const loss = [-2, 3, 1, -1].map((z, i) => Math.log(1 + Math.exp(i === 0 || i === 2 ? z : -z)));
  expect(result.loss).toBeCloseTo(loss.reduce((a, b) => a + b) / 4, 6);
});

it("keeps probabilities and losses, makes curves of them and names the worst mistakes", async () => {
  const result = await evaluate(identity("linear"), split, { batchSize: 7 });
  const rows = oracle.logits.map((row) => {
    const powers = row.map(Math.exp);
    return powers.map((power) => power / powers.reduce((a, b) => a + b));
  });
  rows.flat().forEach((share, i) => {
    expect(result.probabilities?.[i]).toBeCloseTo(share, 6);
  });
  const curves = result.curves();
  expect(curves.perClass).toHaveLength(5);
  expect(curves.rocAuc).toBeGreaterThan(0.5);
  const lost = rows.map((row, i) => -Math.log(row[oracle.labels[i]!]!));
  const wrong = lost
    .map((loss, sample) => ({ loss, sample }))
    .filter(({ sample }) => oracle.predictions[sample] !== oracle.labels[sample]);
  const [first, second] = wrong.sort((a, b) => b.loss - a.loss);
  expect(result.worst(2).map(({ sample }) => sample)).toEqual([first!.sample, second!.sample]);
  const [worst] = result.worst(1);
  expect(worst!.loss).toBeCloseTo(first!.loss, 4);
  expect(worst!.probability).toBeCloseTo(rows[worst!.sample]![worst!.predicted]!, 6);
});

it("keeps no probabilities where it is told so, and says how to have them", async () => {
  const result = await evaluate(identity("linear"), split, { probabilities: false });
  expect(result.probabilities).toBeUndefined();
  expect(() => result.curves()).toThrow(
    "evaluate keeps of so many samples and classes with { probabilities: true } only",
  );
  expect(Object.keys(await result.toMimeBundle())).toContain("image/png");
});

it("shows a model that diverged, and says of which sample there are no curves", async () => {
  const broken = arrays({
    x: [
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ],
    y: [4, 3],
    classes: 5,
  }).train;
  const result = await evaluate(identity("softmax"), {
    ...broken,
    x: Float32Array.from([0, 1, 2, 3, 4, Number.NaN, 1, 2, 3, 4]),
  });
  expect(() => result.curves()).toThrow('sample 1 has NaN for class "0"');
  expect(String((await result.toMimeBundle())["text/plain"])).toContain("loss NaN");
  expect(result.worst(1)[0]?.sample).toBe(1);
});

it("leaves no tensors behind", async () => {
  const model = identity("softmax");
  await evaluate(model, split);
  const before = tf.memory().numTensors;
  await evaluate(model, split, { batchSize: 8 });
  expect(tf.memory().numTensors).toBe(before);
});

it("shows itself as tables", async () => {
  const result = await evaluate(identity("softmax"), split, { classNames: ["a", "b", "c", "d", "<e>"] });
  const text = String(result.toText());
  expect(text).toContain("accuracy 61.67 %, loss 2.5226, macro F1 40.43 % on 60 samples");
  expect(text).toContain("b        73.33 %  84.62 %  78.57 %");
  expect(text).toContain("a                 20   4  3  0    3");
  expect(result.confusionMatrix.toMimeBundle()["text/html"]).toContain(">&lt;e&gt;</th>");
});

it("refuses what does not fit, naming both sides", async () => {
  const wide = arrays({ x: [[1, 2]], y: [0], classes: 5 }).train;
  await expect(evaluate(identity("softmax"), wide)).rejects.toThrow(
    `evaluate needs samples that fit the model's input [5]; the split "train" holds samples of [2]`,
  );
  const line = arrays({ x: [[1, 2, 3, 4, 5]], y: [0.5] }).train;
  await expect(evaluate(identity("softmax"), line)).rejects.toThrow(TypeError);
  await expect(evaluate(identity("softmax"), line)).rejects.toThrow("which evaluateRegression takes");
  const column = arrays({ x: [[1, 2, 3, 4, 5]], y: [[4]] }).train;
  await expect(evaluate(identity("softmax"), column)).rejects.toThrow(
    'the split "train" holds targets of a regression; they are whole numbers: data.arrays with classes: 5 takes them for labels',
  );
  await expect(
    evaluate(identity("softmax"), split, { classNames: ["a", "b", "c", "b", "d"] }),
  ).rejects.toThrow('"b" stands for two of them');
  await expect(evaluate(identity("softmax"), split, { classNames: ["a"] })).rejects.toThrow(
    "one name for each of 5 classes; it was given 1",
  );
});

it("stops when interrupted", async () => {
  const before = host();
  installHost({ ...before, signal: () => AbortSignal.abort() });
  try {
    await expect(evaluate(identity("softmax"), split)).rejects.toThrow(Interrupted);
  } finally {
    installHost(before);
  }
});

it.each<[string, unknown, string]>([
  ["nothing", undefined, "undefined"],
  ["an empty object", {}, "an empty object"],
  ["what is like a data set", { train: split }, "a whole data set: name its test, validation or train"],
  [
    "a data set",
    arrays({ x: [[1], [2]], y: [0, 1], classes: 2 }),
    "a whole data set: name its test, validation or train",
  ],
  ["a promise", Promise.resolve(split), "a promise: await it"],
])("says what it needs in place of %s", async (_what, given, told) => {
  await expect(evaluate(identity("softmax"), given as never)).rejects.toThrow(
    new TypeError(
      `evaluate needs a split of a data set, such as the test of what data.mnist() returns; it was given ${told}`,
    ),
  );
});
