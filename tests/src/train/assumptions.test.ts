import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { tf } from "../../../src/native/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";

type Activation = "softmax" | "sigmoid" | "linear" | "relu";
type Y = number[] | number[][];

const x = [[1], [2], [3]];
const labels = [2, 0, 1];
const yesOrNo = [1, 0, 1];
const oneHot = [
  [0, 0, 1],
  [1, 0, 0],
  [0, 1, 0],
];
const column = (y: number[]) => y.map((value) => [value]);

function plan(y: Y, head: [units: number, activation: Activation], more: More = {}) {
  const { options = {}, ...targets } = more;
  const [units, activation] = head;
  const model = tf.sequential({
    name: "net",
    layers: [tf.layers.dense({ units, inputShape: [1], activation })],
  });
  return fitPlan(model, arrays({ x, y, ...targets }), options);
}
interface More {
  readonly classes?: number;
  readonly task?: "classification" | "regression";
  readonly options?: FitOptions;
}

describe("is silent where it is certain", () => {
  const certain: [string, Y, [number, Activation], More, string][] = [
    ["rows of one 1 behind a softmax", oneHot, [3, "softmax"], {}, "crossEntropy"],
    ["labels behind a softmax", labels, [3, "softmax"], {}, "crossEntropy"],
    ["labels before logits", labels, [3, "linear"], {}, "crossEntropy"],
    ["labels of two classes before two units", yesOrNo, [2, "relu"], {}, "crossEntropy"],
    ["0 and 1 behind a sigmoid", yesOrNo, [1, "sigmoid"], {}, "binaryCrossEntropy"],
    ["0 and 1 in a column behind a sigmoid", column(yesOrNo), [1, "sigmoid"], {}, "binaryCrossEntropy"],
    ["rows of a named loss", oneHot, [3, "linear"], { options: { loss: "crossEntropy" } }, "crossEntropy"],
    ["rows with classes", oneHot, [3, "linear"], { classes: 3 }, "crossEntropy"],
    ["a column with classes", column(labels), [3, "softmax"], { classes: 3 }, "crossEntropy"],
    ["0 and 1 with classes", yesOrNo, [1, "linear"], { classes: 2 }, "binaryCrossEntropy"],
    ["0 and 1 as values", yesOrNo, [1, "linear"], { task: "regression" }, "meanSquaredError"],
    ["a column of whole numbers", column(labels), [1, "linear"], {}, "meanSquaredError"],
    [
      "values behind a softmax by a named loss",
      oneHot,
      [3, "softmax"],
      { task: "regression", options: { loss: "meanSquaredError" } },
      "meanSquaredError",
    ],
  ];
  it.each(certain)("%s", (_, y, head, more, loss) => {
    const { notices, training } = plan(y, head, more);
    expect([training.loss, notices]).toEqual([loss, []]);
  });
});

describe("says what it assumed", () => {
  const kept = 'task: "regression" in data.arrays keeps them as values';
  const open: [string, Y, [number, Activation], More, string, string][] = [
    [
      "of rows of one 1 behind a linear output",
      oneHot,
      [3, "linear"],
      {},
      "crossEntropy",
      `fit learns the targets of "net" as labels of 3 classes, by crossEntropy, since they are rows of one 1, though its output is a linear one: ${kept}; loss: "crossEntropy" says that labels are meant`,
    ],
    [
      "of rows of one 1 behind sigmoids",
      oneHot,
      [3, "sigmoid"],
      {},
      "crossEntropy",
      `fit learns the targets of "net" as labels of 3 classes, by crossEntropy, since they are rows of one 1, though its output is a sigmoid one: ${kept}; loss: "crossEntropy" says that labels are meant`,
    ],
    [
      "of 0 and 1 behind a linear output",
      yesOrNo,
      [1, "linear"],
      { options: { loss: "auto" } },
      "binaryCrossEntropy",
      `fit learns the targets of "net" as labels of 2 classes, by binaryCrossEntropy, since they are whole numbers, though its output is a linear one: ${kept}; loss: "binaryCrossEntropy" says that labels are meant`,
    ],
    [
      "of values behind a softmax",
      [...oneHot.slice(0, 2), [0.5, 0.5, 0]],
      [3, "softmax"],
      {},
      "meanSquaredError",
      'fit learns the targets of "net" as values, by meanSquaredError, though its output is a softmax: data.arrays makes labels of whole numbers with classes, and of rows of one 1; loss: "meanSquaredError" says that values are meant',
    ],
  ];
  it.each(open)("%s", (_, y, head, more, loss, notice) => {
    const { notices, training } = plan(y, head, more);
    expect([training.loss, notices]).toEqual([loss, [notice]]);
  });

  it("of each of several outputs by its name, but not of one whose loss is named", () => {
    const input = tf.input({ shape: [1] });
    const outputs = ["kind", "gate"].map(
      (name) => tf.layers.dense({ name, units: name === "kind" ? 3 : 1 }).apply(input) as tf.SymbolicTensor,
    );
    const model = tf.model({ inputs: input, outputs });
    const data = arrays({ x, y: { gate: yesOrNo, kind: oneHot } });
    expect(fitPlan(model, data, {}).notices).toEqual([
      expect.stringMatching(/^fit learns the targets of "kind" as labels of 3 classes, by crossEntropy/),
      expect.stringMatching(
        /^fit learns the targets of "gate" as labels of 2 classes, by binaryCrossEntropy/,
      ),
    ]);
    const named = fitPlan(model, data, { loss: { kind: "crossEntropy", gate: "auto" } });
    expect(named.notices).toEqual([expect.stringMatching(/^fit learns the targets of "gate"/)]);
  });
});

describe("refuses, and says how to mean the other", () => {
  const refused: [string, Y, [number, Activation], More, string][] = [
    [
      "whole numbers before a single output",
      [3, 0, 5],
      [1, "linear"],
      {},
      'fit needs a model with one output for each of 6 classes; the output of "net" is [1]; data.arrays took whole numbers for labels: task: "regression" keeps them as values',
    ],
    [
      "a column of whole numbers before a softmax",
      column(labels),
      [3, "softmax"],
      {},
      'fit needs targets that fit the model\'s output [3]; the split "train" holds targets of [1]; they are whole numbers: data.arrays with classes: 3 takes them for labels',
    ],
    [
      "labels with a loss of values",
      labels,
      [3, "sigmoid"],
      { options: { loss: "binaryCrossEntropy" } },
      'fit needs a single output beside class labels for binaryCrossEntropy; "net" has 3 outputs: use loss "crossEntropy"',
    ],
    [
      "values with a loss of labels",
      [...oneHot.slice(0, 2), [1, 1, 0]],
      [3, "softmax"],
      { options: { loss: "crossEntropy" } },
      'fit needs class labels for crossEntropy; "arrays" is a regression: give data.arrays labels as y, or rows of one 1 and else 0, or use loss "meanSquaredError"',
    ],
  ];
  it.each(refused)("%s", (_, y, head, more, message) => {
    expect(() => plan(y, head, more)).toThrow(TypeError);
    expect(() => plan(y, head, more)).toThrow(message);
  });

  it("gives no such hint where it was said, or would not help", () => {
    expect(() => plan([3, 0, 5], [1, "linear"], { classes: 6 })).toThrow(/is \[1\]$/);
    expect(() => plan(column([0.5, 1, 2]), [3, "softmax"])).toThrow(/targets of \[1\]$/);
    expect(() => plan(column([7, 1, 2]), [3, "softmax"])).toThrow(/targets of \[1\]$/);
  });
});
