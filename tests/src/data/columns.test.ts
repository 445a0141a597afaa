/** Data of several inputs and targets. */
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { type ArraysOptions, arrays } from "../../../src/data/arrays.js";
import type { Split } from "../../../src/data/split.js";

const n = 10;
const left = Array.from({ length: n }, (_, i) => [i, -i]);
const right = Array.from({ length: n }, (_, i) => [[i / 2], [i / 4], [1]]);
const kind = Array.from({ length: n }, (_, i) => i % 3);
const score = Array.from({ length: n }, (_, i) => i + 0.5);
const x = { left, right };
const y = { kind, score };

const facts = (split: Split) =>
  [...(split.columns?.inputs ?? []), ...(split.columns?.targets ?? [])].map((column) => [
    column.name,
    column.shape,
    [...column.values].slice(0, 4),
  ]);

it("keeps a column for each name, and the first of each as x and y", () => {
  const { train, inputShape, classes } = arrays({ x, y });
  expect(facts(train)).toEqual([
    ["left", [2], [0, -0, 1, -1]],
    ["right", [3, 1], [0, 0, 1, 0.5]],
    ["kind", [], [0, 1, 2, 0]],
    ["score", [1], [0.5, 1.5, 2.5, 3.5]],
  ]);
  expect(train.columns?.targets.map((target) => target.classes)).toEqual([3, undefined]);
  expect([train.size, inputShape, train.inputShape, train.targetShape, classes]).toEqual([
    10,
    [2],
    [2],
    [],
    undefined,
  ]);
  expect([
    train.x === train.columns?.inputs[0]?.values,
    train.y === train.columns?.targets[0]?.values,
  ]).toEqual([true, true]);
});

it("takes lists of typed arrays and tensors, and reads nested arrays as one", () => {
  const { train } = arrays({
    x: [Float32Array.from(left.flat()), tf.tensor(right)],
    y: [Int32Array.from(kind), Float32Array.from(score)],
  });
  expect(facts(train).map(([name, shape]) => [name, shape])).toEqual([
    [undefined, [2]],
    [undefined, [3, 1]],
    [undefined, []],
    [undefined, [1]],
  ]);
  expect(arrays({ x: left, y: kind }).train.columns).toBeUndefined();
});

it("keeps rows together wherever they go", () => {
  const set = arrays({ x, y, validation: 3, test: 0.2, seed: 4 });
  const seen = [set.train, set.validation, set.test].flatMap((part) => {
    const [first, second] = part?.columns?.inputs ?? [];
    const [kinds, scores] = part?.columns?.targets ?? [];
    return Array.from({ length: part?.size ?? 0 }, (_, i) => {
      const row = first?.values[2 * i] as number;
      expect([second?.values[3 * i], kinds?.values[i], scores?.values[i]]).toEqual([
        row / 2,
        row % 3,
        row + 0.5,
      ]);
      return row;
    });
  });
  expect(seen).toHaveLength(n);
  expect(new Set(seen).size).toBe(n);
  for (const { indices, columns } of set.train.batches({ batchSize: 2, shuffle: true, seed: 1 }))
    expect([...(columns?.targets[1]?.values ?? [])]).toEqual(
      [...indices].map((index) => set.train.columns?.targets[1]?.values[index]),
    );
});

it("takes what is said of each by name or in order", () => {
  const flat = arrays({
    x: { left: Float32Array.from(left.flat()), right: Float32Array.from(right.flat(2)) },
    y: { kind, score: kind },
    inputShape: { right: [3, 1] },
    task: { score: "regression" },
    classes: { kind: 4 },
    classNames: { kind: ["a", "b", "c", "d"] },
  }).train;
  expect(facts(flat).map(([, shape]) => shape)).toEqual([[2], [3, 1], [], [1]]);
  expect(flat.columns?.targets.map(({ classes, classNames }) => [classes, classNames])).toEqual([
    [4, ["a", "b", "c", "d"]],
    [undefined, undefined],
  ]);
  const both = arrays({ x, y: { kind, score }, task: "regression" }).train;
  expect(both.columns?.targets.map((target) => target.classes)).toEqual([undefined, undefined]);
  const listed = arrays({ x, y: { kind, score: kind }, task: ["classification", "regression"] }).train;
  expect(listed.columns?.targets.map((target) => target.classes)).toEqual([3, undefined]);
});

it("takes parts of their own by the same names, in whatever order, with the classes of the whole", () => {
  const { validation } = arrays({
    ...{ x, y },
    validation: { x: { right: [[[1], [2], [3]]], left: [[4, 5]] }, y: { score: [7], kind: [1] } },
  });
  expect(facts(validation as Split)).toEqual([
    ["left", [2], [4, 5]],
    ["right", [3, 1], [1, 2, 3]],
    ["kind", [], [1]],
    ["score", [1], [7]],
  ]);
  expect(validation?.columns?.targets.map((target) => target.classes)).toEqual([3, undefined]);
});

it("has one target of several inputs for its own", () => {
  const set = arrays({ x, y: kind });
  expect([set.classes, set.train.targetShape, set.train.columns?.targets.length]).toEqual([3, [], 1]);
});

it("says what it is", () => {
  expect(arrays({ x, y, validation: 3, name: "pairs" }).toMimeBundle()).toEqual({
    "text/plain":
      'pairs: 7 train, 3 validation; samples of "left" [2], "right" [3, 1]; "kind" 3 classes, "score" regression',
  });
});

const refused: [why: string, options: Partial<ArraysOptions>, error: ErrorConstructor, message: string][] = [
  [
    "an input of another length",
    { x: { left, right: right.slice(1) } },
    TypeError,
    'data.arrays needs in "right" one row of [3, 1] in x for each of the 10 entries of y; x has the shape [9, 3, 1]',
  ],
  [
    "a target of another length",
    { y: { kind, score: score.slice(1) } },
    TypeError,
    'data.arrays needs as many targets in every y; y of "score" holds 9, y of "kind" 10',
  ],
  [
    "a number that is none",
    { x: { left, right: right.map((row, i) => (i === 4 ? [[1], [Number.NaN], [1]] : row)) } },
    RangeError,
    'data.arrays needs finite numbers in x of "right"; sample 4 holds NaN',
  ],
  [
    "an unknown name",
    { classes: { knid: 3 } },
    RangeError,
    'data.arrays needs classes for each of the arrays "kind", "score"; it was given one for "knid", the nearest is "kind"',
  ],
  [
    "one value for several",
    { classes: 3 },
    TypeError,
    'data.arrays needs classes for each of "kind", "score"; it was given 3',
  ],
  [
    "names of another number of classes",
    { classNames: { kind: ["a"] } },
    RangeError,
    "data.arrays needs one name for each of 3 classes; it was given 1",
  ],
  [
    "no arrays",
    { x: {} },
    TypeError,
    "data.arrays needs at least one array in x; it was given an empty object",
  ],
  [
    "a part with other names",
    { validation: { x: { lft: left, right }, y } },
    RangeError,
    'data.arrays needs an array in x of validation for each of the names "left", "right"; it was given one for "lft", the nearest is "left"',
  ],
  [
    "a part without one of them",
    { validation: { x: { left }, y } },
    TypeError,
    'data.arrays needs "right" in x of validation as well; it was given left',
  ],
  [
    "a part with one array",
    { validation: { x: left, y } },
    TypeError,
    "data.arrays needs in x of validation 2 arrays (left, right), as in x and y; it was given 1",
  ],
];

it.each(refused)("refuses %s", (_, options, error, message) => {
  expect(() => arrays({ x, y, ...options })).toThrow(new error(message));
});
