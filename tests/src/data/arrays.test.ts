import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";

const x = Array.from({ length: 10 }, (_, i) => [i, -i]);
const y = Array.from({ length: 10 }, (_, i) => i % 3);

it("takes nested arrays and finds shape and classes", () => {
  const set = arrays({ x, y });
  expect([set.inputShape, set.classes, set.train.size]).toEqual([[2], 3, 10]);
  expect(set.train.y).toEqual(Int32Array.from(y));
  expect([...set.train.x.subarray(4, 8)]).toEqual([2, -2, 3, -3]);
  expect([set.validation, set.test]).toEqual([undefined, undefined]);
});

it("has a shape that TensorFlow.js's own layers take as it is", () => {
  const { inputShape } = arrays({ x, y });
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape, units: 3 })] });
  expect(model.inputs[0]?.shape).toEqual([null, 2]);
});

it("sets disjoint parts aside by the seed, rows beside their labels", () => {
  const parts = (seed: number) => {
    const { train, validation, test } = arrays({ x, y, validation: 0.3, test: 2, seed });
    return [train, validation, test].map((part) => {
      const firsts = Array.from({ length: part?.size ?? 0 }, (_, i) => part?.x[2 * i] as number);
      firsts.forEach((value, i) => {
        expect(part?.y[i]).toBe(value % 3);
      });
      return firsts;
    });
  };
  expect(parts(1).map((part) => part.length)).toEqual([5, 3, 2]);
  expect(
    parts(1)
      .flat()
      .toSorted((a, b) => a - b),
  ).toEqual(x.map(([first]) => first));
  expect(parts(1)).toEqual(parts(1));
  expect(parts(1)).not.toEqual(parts(2));
});

it("takes a flat typed array with a shape, tensors, and one's own validation data", () => {
  const flat = arrays({
    x: Float32Array.from({ length: 24 }, (_, i) => i),
    y: [0, 1],
    inputShape: [3, 4, 1],
  });
  expect([flat.train.size, flat.inputShape]).toEqual([2, [3, 4, 1]]);
  const tensors = arrays({
    x: tf.ones([4, 3]),
    y: tf.tensor1d([0, 1, 1, 0], "int32"),
    validation: { x: [[5, 6, 7]], y: [1] },
  });
  expect([tensors.train.size, tensors.validation?.size, tensors.classes]).toEqual([4, 1, 2]);
  expect([...(tensors.validation?.x ?? [])]).toEqual([5, 6, 7]);
});

describe("what targets mean", () => {
  const rows = [
    [0, 0, 1],
    [1, 0, 0],
    [0, 0, 1],
  ];
  const inputs = [[1], [2], [3]];
  const meaning = (options: Omit<Parameters<typeof arrays>[0], "x">) => {
    const { classes, train } = arrays({ x: inputs, ...options });
    return { classes, shape: train.targetShape, values: [...train.y], taken: train.taken };
  };
  const labels = { classes: 3, shape: [], values: [2, 0, 2] };

  it("is known of rows of one 1, in nested arrays and tensors, and may be said", () => {
    expect(meaning({ y: rows })).toEqual({ ...labels, taken: "oneHot" });
    expect(meaning({ y: tf.tensor2d(rows) })).toEqual({ ...labels, taken: "oneHot" });
    expect(meaning({ y: rows, classes: 3 })).toEqual(labels);
    expect(meaning({ y: rows, task: "classification" })).toEqual(labels);
    expect(meaning({ y: rows, task: "regression" })).toEqual({
      classes: undefined,
      shape: [3],
      values: rows.flat(),
    });
  });

  it.each([
    ["a row of none", [0, 0]],
    ["a row of two", [1, 1]],
    ["a row of a fraction", [0.5, 0.5]],
    ["a row of a larger number", [0, 2]],
  ])("is values with %s", (_, row) => {
    const y = [[0, 1], [1, 0], row];
    expect(meaning({ y })).toEqual({ classes: undefined, shape: [2], values: y.flat() });
  });

  it("is labels of whole numbers [n], and of [n, 1] where it is said", () => {
    const y = [2, 0, 2];
    const column = y.map((value) => [value]);
    expect(meaning({ y })).toEqual({ ...labels, taken: "labels" });
    expect(meaning({ y: column })).toEqual({ classes: undefined, shape: [1], values: y });
    expect(meaning({ y: column, classes: 3 })).toEqual(labels);
    expect(meaning({ y: column, task: "classification" })).toEqual(labels);
    expect(meaning({ y, task: "regression" })).toEqual({ classes: undefined, shape: [1], values: y });
    expect(meaning({ y: [0.5, 1, 2] })).toEqual({ classes: undefined, shape: [1], values: [0.5, 1, 2] });
  });

  it("is one for all parts and kept by each", () => {
    const { validation, train } = arrays({ x: inputs, y: rows, validation: { x: [[4]], y: [[0, 1, 0]] } });
    expect([[...(validation?.y ?? [])], validation?.taken, train.taken]).toEqual([[1], undefined, "oneHot"]);
    expect(arrays({ x: inputs, y: rows, validation: 1 }).validation?.taken).toBe("oneHot");
  });

  it("is known for each of several targets", () => {
    const y = { kind: tf.tensor2d(rows), count: Float32Array.of(3, 1, 2), size: Float32Array.of(0.5, 1, 2) };
    const { targets = [] } = arrays({ x: inputs, y, task: { count: "regression" } }).train.columns ?? {};
    expect(targets.map(({ name, classes, taken }) => [name, classes, taken])).toEqual([
      ["kind", 3, "oneHot"],
      ["count", undefined, undefined],
      ["size", undefined, undefined],
    ]);
  });
});

it("says what it is", () => {
  expect(arrays({ x, y, validation: 3, name: "stairs" }).toMimeBundle()).toEqual({
    "text/plain": "stairs: 7 train, 3 validation; samples of [2]; 3 classes",
  });
});

describe("refuses", () => {
  it.each([
    [
      { x, y: [0, 1] },
      TypeError,
      "one row of [2] in x for each of the 2 entries of y; x has the shape [10, 2]",
    ],
    [{ x: [[1, 2], [3]], y: [0, 1] }, TypeError, "the first ones say [2, 2], but there is a row of 1"],
    [{ x: [[1, Number.NaN]], y: [0] }, RangeError, "finite numbers in x of x and y; sample 0 holds NaN"],
    [{ x, y, classes: 2 }, RangeError, "from 0 to 1; y of x and y holds 2 at entry 2"],
    [{ x: [[1]], y: [-1], classes: 2 }, RangeError, "holds -1 at entry 0"],
    [{ x: [[1]], y: [[1, 1]], classes: 2 }, RangeError, "row 0 of y of x and y is [1, 1]"],
    [
      { x: [[1]], y: [[1, 0, 0]], classes: 2 },
      TypeError,
      "one-hot rows of 2 entries in y of x and y; it was given [1, 3]",
    ],
    [{ x, y, validation: 10 }, RangeError, "below the 10 samples; it was given 10"],
    [{ x, y, validation: 0.6, test: 0.4 }, RangeError, "validation takes 6 and test 4 of 10"],
    [{ x, y, validation: { x: [[1, 2, 3]], y: [0] } }, TypeError, "needs in validation one row of [2]"],
    [{ x, y, classNames: ["a"] }, RangeError, "one name for each of 3 classes; it was given 1"],
    [{ x, y, validaton: 2 }, RangeError, 'it was given "validaton", the nearest is "validation"'],
    [{ x: [], y: [] }, RangeError, "needs at least one sample"],
  ])("%#", (options, kind, message) => {
    const making = () => arrays(options as Parameters<typeof arrays>[0]);
    expect(making).toThrow(kind);
    expect(making).toThrow(message);
  });
});

describe("stratified parts", () => {
  const y = Int32Array.from({ length: 120 }, (_, i) => (i < 90 ? 0 : i < 114 ? 1 : 2));
  const x = Float32Array.from({ length: 120 }, (_, i) => i);

  it("have each class's share, each sample in one of them", () => {
    const set = arrays({ x, y, validation: 20, test: 0.2, stratified: true, seed: 3 });
    const parts = [set.train, set.validation, set.test] as NonNullable<typeof set.test>[];
    const counts = parts.map((part) => [0, 1, 2].map((k) => part.y.filter((label) => label === k).length));
    // 90, 24 and 6 of 120.
    expect(counts).toEqual([
      [57, 15, 4],
      [15, 4, 1],
      [18, 5, 1],
    ]);
    expect(new Set(parts.flatMap((part) => [...part.x])).size).toBe(120);
  });

  it.each([
    [{ x: [[1], [2], [3]], y: [[0.5], [1], [2]] }, "a regression's targets"],
    [{ x: [[1], [2], [3]], y: { a: [0, 1, 0], b: [1, 1, 0] } }, "2 targets"],
  ])("need labels", (given, message) => {
    expect(() => arrays({ ...given, validation: 1, stratified: true })).toThrow(message);
  });
});
