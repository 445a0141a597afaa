import { describe, expect, it } from "vitest";
import { mlp } from "../../../src/models/mlp.js";
import { tf } from "../../../src/native/index.js";
import { type LossOption, lossPlan, lossWeightsOf } from "../../../src/train/lossOptions.js";
import { torchModel } from "./heads/torchHeads.js";

const model = torchModel(["score", "gate", "kind"]);
const values = Float32Array.of(0.5, 1);
const targets = [undefined, 2, 3].map((classes) => ({ classes, values }));
const each = { score: "meanSquaredError", gate: "binaryCrossEntropy", kind: "crossEntropy" };

describe("the losses of several outputs", () => {
  const given: [string, Parameters<typeof lossPlan>[0]][] = [
    ["chosen by data and outputs", "auto"],
    ["a list in the outputs' order", ["meanSquaredError", "auto", "crossEntropy"]],
    ["by the outputs' names", { kind: "crossEntropy", score: "auto", gate: "binaryCrossEntropy" }],
  ];
  it.each(given)("are %s", (_, option) => {
    expect(lossPlan(option, model, targets)).toEqual(each);
  });

  it("may be one for all", () => {
    expect(Object.values(lossPlan("meanSquaredError", model, targets))).toEqual(
      Array(3).fill("meanSquaredError"),
    );
  });

  const known = 'fit needs a loss for each of the outputs "score", "gate", "kind"';
  const refused: [string, unknown, ErrorConstructor, string][] = [
    [
      "an unknown output",
      { ...each, knd: "auto" },
      RangeError,
      `${known}; it was given one for "knd", the nearest is "kind"`,
    ],
    [
      "an output without one",
      { score: "auto", gate: "auto" },
      TypeError,
      `${known}; none was given for "kind" (one of auto, crossEntropy, binaryCrossEntropy, meanSquaredError)`,
    ],
    ["a list of another length", ["auto"], TypeError, `${known}; it was given a list of 1`],
    [
      "an unknown loss",
      { ...each, kind: "hinge" },
      RangeError,
      'fit needs the loss to be auto, crossEntropy, binaryCrossEntropy, meanSquaredError or a function; it was given "hinge"',
    ],
  ];
  it.each(refused)("refuse %s", (_, option, error, message) => {
    expect(() => lossPlan(option as LossOption, model, targets)).toThrow(new error(message));
  });
});

it("of one output it may be given in a list or by its name too", () => {
  const one = mlp({ inputShape: [2], hidden: [], classes: 3 });
  for (const option of ["auto", ["auto"], { output: "auto" }] as Parameters<typeof lossPlan>[0][])
    expect(lossPlan(option, one, [{ classes: 3, values }])).toBe("crossEntropy");
});

it.each([
  ["sigmoid", [0, 1, 1], "binaryCrossEntropy"],
  ["sigmoid", [0, 0.5, 1], "meanSquaredError"],
  ["sigmoid", [0, 1, 2], "meanSquaredError"],
  ["linear", [0, 1, 1], "meanSquaredError"],
] as const)("of values behind a %s, %j, it is %s", (activation, given, loss) => {
  const one = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], activation })] });
  expect(lossPlan("auto", one, [{ classes: undefined, values: Float32Array.from(given) }])).toBe(loss);
});

describe("loss weights", () => {
  it("count 1 where none are given", () => {
    expect(lossWeightsOf(undefined, model)).toEqual({ score: 1, gate: 1, kind: 1 });
    expect(lossWeightsOf({ kind: 0.3, gate: 0 }, model)).toEqual({ score: 1, gate: 0, kind: 0.3 });
    expect(lossWeightsOf([1, 2, 3], model)).toEqual({ score: 1, gate: 2, kind: 3 });
  });

  const one = mlp({ inputShape: [2], hidden: [], classes: 3 });
  it("are none of a model with one output", () => {
    expect(lossWeightsOf(undefined, one)).toBeUndefined();
    expect(() => lossWeightsOf([0.5], one)).toThrow(
      new TypeError('fit needs a model with several outputs for lossWeights; "mlp" has one, "output"'),
    );
  });

  const known = 'fit needs a loss weight for each of the outputs "score", "gate", "kind"';
  const refused: [unknown, ErrorConstructor, string][] = [
    [{ scor: 1 }, RangeError, `${known}; it was given one for "scor", the nearest is "score"`],
    [[1, 2], TypeError, `${known}; it was given a list of 2`],
    [{ kind: -1 }, RangeError, 'fit needs loss weights of at least 0; "kind" was given -1'],
    [{ kind: Number.NaN }, RangeError, 'fit needs loss weights of at least 0; "kind" was given NaN'],
    [{ kind: Infinity }, RangeError, 'fit needs loss weights of at least 0; "kind" was given Infinity'],
    [{ kind: "1" }, RangeError, 'fit needs loss weights of at least 0; "kind" was given 1'],
    [[0, 0, 0], RangeError, "fit needs a loss weight above 0; all were given 0"],
    [
      0.3,
      TypeError,
      "fit needs lossWeights to be a list or an object by the outputs' names; it was given 0.3",
    ],
  ];
  it.each(refused)("refuse %j", (option, error, message) => {
    expect(() => lossWeightsOf(option as number[], model)).toThrow(new error(message));
  });
});
