import { describe, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { arrays } from "../../../src/data/arrays.js";
import type { Split } from "../../../src/data/split.js";
import { fit as trained } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { fitPlan } from "../../../src/train/fitPlan.js";

installHost(terminalHost());

const x = [[1], [2], [3], [4]];
const y = [
  [0, 0, 0, 1],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
];
const aside = { x: [[5]], y: [[0, 0, 1, 0]] };
const rowsOf = ({ y: values, targetShape, taken }: Split) => [[...values], targetShape, taken];

function model(activation: "sigmoid" | "softmax") {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [1], activation, kernelInitializer: "zeros", name: "kind" }),
    ],
  });
}

describe.each([
  ["binaryCrossEntropy", "sigmoid"],
  ["meanSquaredError", "softmax"],
] as const)("%s behind %s", (loss, activation) => {
  it("learns rows of one 1 as rows, those of validation too", () => {
    const { training, notices } = fitPlan(model(activation), arrays({ x, y, validation: aside }), { loss });
    expect(rowsOf(training.train)).toEqual([y.flat(), [4], undefined]);
    expect(rowsOf(training.validation as Split)).toEqual([aside.y.flat(), [4], undefined]);
    expect([training.loss, notices]).toEqual([loss, []]);
    const [batch] = [...training.train.batches({ batchSize: 2 })];
    expect([...(batch?.y ?? [])]).toEqual([0, 0, 0, 1, 1, 0, 0, 0]);
  });

  it("has the loss that the rows have", async () => {
    const options = { loss, epochs: 1, track: false, progress: false } as const;
    const { history } = await trained(model(activation), arrays({ x, y }), options);
    // Weights of 0: every sigmoid puts out 1/2, every softmax 1/4.
    const expected = loss === "binaryCrossEntropy" ? Math.log(2) : (3 * 0.25 ** 2 + 0.75 ** 2) / 4;
    expect(history.loss?.[0]).toBeCloseTo(expected, 6);
  });
});

it("changes of several outputs only that whose loss wants it", () => {
  const input = tf.input({ shape: [1] });
  const head = (name: string) =>
    tf.layers.dense({ name, units: 4, activation: "softmax" }).apply(input) as tf.SymbolicTensor;
  const two = tf.model({ inputs: input, outputs: [head("sure"), head("kind")] });
  const data = arrays({ x, y: { kind: y, sure: y } });
  const { training } = fitPlan(two, data, { loss: { kind: "crossEntropy", sure: "meanSquaredError" } });
  const [sure, kind] = training.train.columns?.targets ?? [];
  expect([[...(sure?.values ?? [])], sure?.shape, sure?.classes]).toEqual([y.flat(), [4], undefined]);
  expect([[...(kind?.values ?? [])], kind?.shape, kind?.classes]).toEqual([[3, 0, 1, 2], [], 4]);
  expect(training.train.y).toBe(sure?.values);
});

it("leaves what was said to be labels", () => {
  expect(() =>
    fitPlan(model("sigmoid"), arrays({ x, y, classes: 4 }), { loss: "binaryCrossEntropy" }),
  ).toThrow('use loss "crossEntropy"');
});
