import { expect, test } from "vitest";
import { arrays } from "../../../../src/data/arrays.js";
import { decode } from "../../../../src/data/bytes.js";
import { recordData } from "../../../../src/data/record/recordData.js";
import { split } from "../../../../src/data/split.js";
import { expected, expectStatistics, floats } from "./expected.js";

function recorded(data: ReturnType<typeof arrays>) {
  const { name, classes, classNames, train, validation, test } = data;
  return recordData({ dataset: name, classes, classNames, train, validation, test });
}

test("of a table: each column, rows of each class in each split, hashes of NumPy", () => {
  const { values, labels, counts, hashes } = expected.dependent;
  const x = floats(values);
  const y = Int32Array.from(labels);
  const few = { x: x.slice(0, 8), y: y.slice(0, 2) };
  const {
    record,
    hashes: found,
    words,
  } = recorded(arrays({ x, y, classes: 4, validation: few, name: "made" }));
  expect(record).toMatchObject({
    ...{ schemaVersion: 2, dataset: "made", sizes: { train: 60, validation: 2 } },
    targets: [{ kind: "classes", classes: 4, counts: { train: counts, validation: [2, 0, 0, 0] } }],
  });
  expect(record.inputs[0]?.columns.map(({ column }) => column)).toEqual([0, 1, 2, 3]);
  expect(record.inputs[0]?.sampledFrom).toBeUndefined();
  expect(record.inputs[0]?.dependence.map(({ position }) => position).toSorted()).toEqual([0, 1, 3]);
  expect([...(found.train ?? [])]).toEqual(hashes);
  expect([...(found.validation ?? [])]).toEqual(hashes.slice(0, 4));
  expect(words).toEqual({ hashed: 4, of: 4 });
});

test("keeps the names of classes where they say more than the labels", () => {
  const named = (classNames: string[]) =>
    recorded(arrays({ x: [[1], [2]], y: [0, 1], classes: 2, classNames })).record.targets[0];
  expect(named(["cat", "dog"])).toMatchObject({ classes: 2, classNames: ["cat", "dog"] });
  expect(named(["0", "1"])).not.toHaveProperty("classNames");
  const each = { a: ["cat", "dog"], b: ["x", "y"] };
  const several = arrays({
    x: [[1], [2]],
    y: { a: [0, 1], b: [1, 0] },
    classes: { a: 2, b: 2 },
    classNames: each,
  });
  expect(recorded(several).record.targets).toMatchObject([
    { name: "a", classNames: each.a },
    { name: "b", classNames: each.b },
  ]);
});

test("of images: each channel and all; of a regression its targets", () => {
  const { values, all, columns } = expected.images;
  const y = Array.from({ length: 12 }, (_, i) => [i, 1000 * i]);
  const { record } = recorded(arrays({ x: floats(values), y, inputShape: [3, 4, 2] }));
  const [input] = record.inputs;
  expectStatistics(input!.all, all);
  for (const [i, column] of input!.columns.entries()) expectStatistics(column, columns[i]!);
  expect(record.targets).toMatchObject([
    {
      kind: "values",
      shape: [2],
      columns: [
        { mean: 5.5, max: 11 },
        { mean: 5500, max: 11_000 },
      ],
    },
  ]);
});

test("of many columns those of the largest values", () => {
  const x = Float32Array.from({ length: 2 * 300 }, (_, i) => (i % 300 === 299 ? 50 : (i % 300) / 300));
  const { record } = recorded(arrays({ x, y: Int32Array.of(0, 1), inputShape: [300] }));
  const [input] = record.inputs;
  expect(input?.columnCount).toBe(300);
  expect(input?.columns.map(({ column }) => column)).toEqual(Array.from({ length: 256 }, (_, i) => 44 + i));
});

test("a sample of many rows, and its size, is said", () => {
  const x = new Float32Array(70_000 * 40).map((_, i) => i % 7);
  const { record } = recorded(arrays({ x, y: new Int32Array(70_000), inputShape: [40] }));
  expect(record.inputs[0]).toMatchObject({ rows: 13_107, sampledFrom: 70_000 });
  expect(record.inputs[0]?.all.mean).toBeCloseTo(3, 2);
});

test("rows of bytes have the same hashes where all splits are bytes, and as floats beside floats", () => {
  const bytes = Uint8Array.from({ length: 30 }, (_, i) => (i * 37) % 256);
  const y = new Int32Array(5);
  const shape = { inputShape: [6], targetShape: [] };
  const asBytes = split("train", { bytes, y, ...shape });
  const asFloats = split("validation", { x: decode(bytes), y, ...shape });
  const both = { dataset: "bytes", classes: 1, train: asBytes, test: undefined };
  const mixed = recordData({ ...both, validation: asFloats });
  expect(mixed.hashes.validation).toEqual(mixed.hashes.train);
  const equal = recordData({
    ...both,
    validation: split("validation", { bytes: bytes.slice(6), y: y.slice(1), ...shape }),
  });
  expect(equal.hashes.validation).toEqual(equal.hashes.train?.subarray(2));
  expect(equal.words).toEqual({ hashed: 2, of: 2 });
  expect(mixed.record.inputs[0]?.all.max).toBe(Math.fround(Math.max(...bytes) / 255));
});

test("each of several inputs and targets under its name", () => {
  const x = {
    size: [[1], [2], [3]],
    colour: [
      [0, 1],
      [1, 0],
      [5, 0],
    ],
  };
  const y = { kind: Int32Array.of(0, 1, 1), price: [10, 20, 60] };
  const { record } = recorded(arrays({ x, y, task: { kind: "classification", price: "regression" } }));
  expect(record.inputs.map(({ name, columnCount }) => [name, columnCount])).toEqual([
    ["size", 1],
    ["colour", 2],
  ]);
  expect(record.targets).toMatchObject([
    { kind: "classes", name: "kind", counts: { train: [1, 2] } },
    { kind: "values", name: "price", all: { mean: 30, max: 60 } },
  ]);
});
