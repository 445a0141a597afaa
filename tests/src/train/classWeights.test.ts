import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { type ClassWeights, classWeights } from "../../../src/train/classWeights.js";

const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/evaluate/sklearn_classification.json", import.meta.url), "utf8"),
) as { labels: number[]; balanced: number[] };

const of = (labels: number[], classes: number, classNames?: string[]) =>
  arrays({ x: labels.map((label) => [label]), y: labels, classes, ...(classNames && { classNames }) });

it("balances as scikit-learn does", () => {
  const weights = classWeights("balanced", of(oracle.labels, 4));
  oracle.balanced.forEach((expected, k) => {
    expect(weights[k]).toBeCloseTo(expected, 6);
  });
});

it("takes weights by label and by name, and 1 for the rest", () => {
  expect([...classWeights({ 1: 2.5, c: 0 }, of([0, 1, 2, 3], 4, ["a", "b", "c", "d"]))]).toEqual([
    1, 2.5, 0, 1,
  ]);
});

it("takes a list in order of the labels, some of them 0", () => {
  expect([...classWeights([0, 2, 1] as unknown as ClassWeights, of([0, 1, 2], 3))]).toEqual([0, 2, 1]);
});

it.each([
  [
    "balanced",
    RangeError,
    'samples of every class for classWeights "balanced"; "arrays" trains on none of class 2',
  ],
  [{ 7: 1 }, RangeError, 'classWeights for classes 0 to 2; it was given one for "7"'],
  [{ 1: -1 }, RangeError, 'class weights of at least 0; class "1" was given -1'],
  [{ 1: Number.NaN }, RangeError, 'class "1" was given NaN'],
  [[0, 0, 0], RangeError, 'a class weight above 0; all 3 of "arrays" are 0'],
  [{ 0: 0, 1: 0, 2: 1e-60 }, RangeError, "a class weight above 0"],
  [[1, 2], RangeError, 'each of the 3 classes of "arrays"; it was given a list of 2'],
  [[1, 2, 1, 1], RangeError, "it was given a list of 4"],
  ["even", TypeError, 'classWeights to be "balanced" or a weight for each class; it was given even'],
])("refuses %j", (option, kind, message) => {
  const reading = () => classWeights(option as ClassWeights, of([0, 1, 1], 3));
  expect(reading).toThrow(kind);
  expect(reading).toThrow(message);
});
