/** What `fit` refuses of models with several outputs, and what it makes of its options. */
import { expect, it } from "vitest";
import { type ArraysOptions, arrays as dataOf } from "../../../../src/data/arrays.js";
import { tf } from "../../../../src/native/index.js";
import { schedules } from "../../../../src/optim/index.js";
import type { FitOptions } from "../../../../src/train/fitOptions.js";
import { fitPlan } from "../../../../src/train/fitPlan.js";
import { type Output, oracle, torchData, torchModel } from "./torchHeads.js";

const outputs: Output[] = ["score", "kind"];
const measured =
  "loss, scoreLoss, kindLoss, scoreMeanAbsoluteError, kindAccuracy, valLoss, valScoreLoss, valKindLoss, valScoreMeanAbsoluteError, valKindAccuracy";

it("gives each output its loss and weight, and the data in the model's order", () => {
  const { training, step } = fitPlan(torchModel(outputs), torchData(["kind", "score"]), {});
  expect([training.loss, step.lossWeights]).toEqual([
    { score: "meanSquaredError", kind: "crossEntropy" },
    { score: 1, kind: 1 },
  ]);
  for (const split of [training.train, training.validation])
    expect(split?.columns?.targets.map(({ name }) => name)).toEqual(outputs);
});

const refused: [string, FitOptions, string, Partial<ArraysOptions>?][] = [
  [
    "class weights that do not say of which output",
    { classWeights: "balanced" },
    'fit needs classWeights by the outputs\' names for a model with several ("score", "kind"); it was given "balanced"',
  ],
  [
    "class weights of no output",
    { classWeights: { 0: 2 } },
    'fit needs class weights for each of the outputs "score", "kind"; it was given one for "0"',
  ],
  [
    "class weights of an output without classes",
    { classWeights: { score: "balanced" } },
    'fit needs a data set with classes for classWeights; "score" is a regression',
  ],
  [
    "weights of classes that an output has not",
    { classWeights: { kind: { 3: 1 } } },
    'fit needs classWeights for classes 0 to 2; it was given one for "3"',
  ],
  [
    "to watch what is not measured",
    { earlyStopping: { monitor: "valAccuracy" } },
    `earlyStopping needs to monitor what is measured here (${measured}); it was given "valAccuracy"`,
  ],
  [
    "a schedule that does",
    { schedule: schedules.reduceOnPlateau({ monitor: "valAccuracy" }) },
    `fit needs a schedule that monitors what is measured here (${measured}); it was given "valAccuracy"`,
  ],
  [
    "smoothing without classes",
    { labelSmoothing: 0.1, loss: "meanSquaredError" },
    "fit needs a loss over classes for labelSmoothing; this training has meanSquaredError, meanSquaredError",
    {
      task: "regression",
      y: { score: oracle.train.score, kind: oracle.train.a.map((row) => row.slice(0, 3)) },
    },
  ],
  [
    "a loss that its targets do not suit",
    { loss: { score: "crossEntropy", kind: "auto" } },
    'fit needs class labels for crossEntropy; "score" is a regression: give data.arrays labels as y, or rows of one 1 and else 0, or use loss "meanSquaredError"',
  ],
  [
    "targets outside of a loss's range",
    { loss: { score: "binaryCrossEntropy", kind: "auto" } },
    'use loss "meanSquaredError"',
  ],
  [
    "a loss that its output does not suit",
    { loss: { score: "auto", kind: "meanSquaredError" } },
    'fit needs a single output beside class labels for meanSquaredError; "kind" has 3 outputs: use loss "crossEntropy"',
  ],
  [
    "samples of another shape",
    {},
    'fit needs samples that fit the model\'s input "b" [3]; the split "train" holds samples of [6]',
    { x: { a: oracle.train.a, b: oracle.train.a } },
  ],
  [
    "targets of another shape",
    {},
    'fit needs targets that fit the model\'s output "score" [1]; the split "train" holds targets of [3]',
    { y: { score: oracle.train.b, kind: oracle.train.kind } },
  ],
  [
    "another number of classes",
    {},
    'fit needs a model with one output for each of 5 classes; the output "kind" of "heads" is [3]',
    { classes: { kind: 5 } },
  ],
];

it.each(refused)("refuses %s", (_, options, message, more = {}) => {
  const validation = Object.keys(more).some((name) => name === "x" || name === "y" || name === "task");
  const data = torchData(outputs, { ...more, ...(validation && { validation: 8 }) });
  const check = () => fitPlan(torchModel(outputs), data, options);
  expect(check).toThrow(message);
});

it("refuses outputs whose names make one metric of two", () => {
  const input = tf.input({ shape: [2], name: "in" });
  const named = ["valX", "x"].map(
    (name) => tf.layers.dense({ name, units: 1 }).apply(input) as tf.SymbolicTensor,
  );
  const model = tf.model({ inputs: input, outputs: named, name: "twins" });
  const x = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const y = { valX: [0.5, 1, 2], x: [1.5, 2, 3] };
  const data = { x, y };
  expect(() => fitPlan(model, dataOf({ ...data, validation: 1 }), {})).toThrow(
    'fit needs outputs with names that tell what is measured apart; of "valX", "x" two make "valXLoss"',
  );
  expect(fitPlan(model, dataOf(data), {}).training.loss).toEqual({
    valX: "meanSquaredError",
    x: "meanSquaredError",
  });
});

it("takes validation data that shows fewer classes, and none that shows more or another kind", () => {
  const rows = (kind: number[], more: Partial<ArraysOptions> = {}) =>
    dataOf({
      x: { a: oracle.train.a.slice(0, 3), b: oracle.train.b.slice(0, 3) },
      y: { kind, score: [0.5, 1, 2] },
      ...more,
    }).train;
  const plan = (validation: ReturnType<typeof rows>) =>
    fitPlan(torchModel(outputs), torchData(outputs), { validation }).training.validation;
  expect(plan(rows([0, 1, 0]))?.columns?.targets[1]?.classes).toBe(2);
  expect(() => plan(rows([0, 3, 1]))).toThrow(
    'fit needs labels of 3 classes for the output "kind" of "heads"; the split "train" holds labels of 4 classes',
  );
  expect(() => plan(rows([0, 1, 2], { task: "regression" }))).toThrow(
    'fit needs labels of 3 classes for the output "kind" of "heads"; the split "train" holds targets of a regression',
  );
});
