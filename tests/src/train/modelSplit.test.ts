import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/mlp.js";
import { tf } from "../../../src/native/index.js";
import { modelSplit } from "../../../src/train/modelSplit.js";

const { dense, concatenate } = tf.layers;
const [left, right] = [tf.input({ shape: [2], name: "left" }), tf.input({ shape: [3], name: "right" })];
const both = concatenate().apply([left, right]) as tf.SymbolicTensor;
const outputs = ["score", "kind"].map(
  (name, k) => dense({ name, units: 1 + 2 * k }).apply(both) as tf.SymbolicTensor,
);
const model = tf.model({ inputs: [left, right], outputs });

const x = { right: tf.ones([4, 3]), left: tf.zeros([4, 2]) };
const y = { kind: [0, 1, 2, 0], score: [0.5, 1, 2, 3] };
const plain = arrays({ x: [[1, 2, 3]], y: [0] }).train;

it("puts named columns in the model's order, and the first of them in front", () => {
  const split = modelSplit("fit", model, arrays({ x, y }).train);
  const { inputs, targets } = split.columns ?? { inputs: [], targets: [] };
  expect([...inputs, ...targets].map(({ name }) => name)).toEqual(["left", "right", "score", "kind"]);
  expect([split.x, split.y]).toEqual([inputs[0]?.values, targets[0]?.values]);
  expect([split.inputShape, split.targetShape, split.size]).toEqual([[2], [1], 4]);
});

it("gives what is in order as it is", () => {
  const listed = arrays({
    x: [x.left, x.right],
    y: [Float32Array.of(1, 2, 3, 4), tf.zeros([4, 3])],
    task: ["regression", "regression"],
  });
  expect(modelSplit("fit", model, listed.train)).toBe(listed.train);
  const single = mlp({ inputShape: [3], hidden: [], classes: 2 });
  expect(modelSplit("fit", single, plain)).toBe(plain);
});

it("keeps its columns, so that what of them is on the device is found again", () => {
  const { train } = arrays({ x, y });
  const [once, twice] = [modelSplit("fit", model, train), modelSplit("fit", model, train)];
  expect(once.columns?.inputs[0]).toBe(twice.columns?.inputs[0]);
  expect(once.columns?.inputs[0]).toBe(train.columns?.inputs[1]);
});

const needs = 'fit needs an x for each input of the model ("left", "right")';
const refused: [why: string, x: object, y: object, error: ErrorConstructor, message: string][] = [
  [
    "one array for two inputs",
    x.left,
    y,
    TypeError,
    `${needs}; the split "train" holds 1: give data.arrays x: { "left": …, "right": … }`,
  ],
  [
    "one target for two outputs",
    x,
    y.kind,
    TypeError,
    'fit needs a y for each output of the model ("score", "kind"); the split "train" holds 1: give data.arrays y: { "score": …, "kind": … }',
  ],
  [
    "an unknown name",
    { lefft: x.left, right: x.right },
    y,
    RangeError,
    'fit needs an x for each of the inputs of the model "left", "right"; it was given one for "lefft", the nearest is "left"',
  ],
  [
    "a name that is missing",
    { left: x.left },
    y,
    TypeError,
    `${needs}; the split "train" holds none for "right"`,
  ],
];

it.each(refused)("refuses %s", (_, xs, ys, error, message) => {
  const { train } = arrays({ x: xs as typeof x, y: ys as typeof y });
  expect(() => modelSplit("fit", model, train)).toThrow(new error(message));
});

it("refuses several for one", () => {
  const single = mlp({ inputShape: [3], hidden: [], classes: 3 });
  const named = arrays({ x: [x.left, x.right], y: y.kind }).train;
  expect(() => modelSplit("evaluate", single, named)).toThrow(
    'evaluate needs an x for each input of the model ("input"); the split "train" holds 2: give data.arrays one array as x',
  );
});

it("refuses copies that say two things", () => {
  const { train } = arrays({ x, y });
  const columns = train.columns as NonNullable<typeof train.columns>;
  const [right, other] = columns.inputs as [(typeof columns.inputs)[0], (typeof columns.inputs)[0]];
  expect(() => modelSplit("fit", model, { ...train, x: Float32Array.from(train.x) })).toThrow(
    'fit needs a split whose x and y are the values of its first columns; "train" has others: give its columns the new values too',
  );
  const short = { ...other, values: other.values.slice(2) };
  expect(() =>
    modelSplit("fit", model, { ...train, columns: { ...columns, inputs: [right, short] } }),
  ).toThrow('fit needs 4 samples in each column of the split "train"; "left" holds 3');
});
