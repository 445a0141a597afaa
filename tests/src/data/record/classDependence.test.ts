import { expect, test } from "vitest";
import { classDependence } from "../../../../src/data/record/classDependence.js";
import { expected, floats } from "./expected.js";

const { values, labels, etaSquared } = expected.dependent;
const rows = { values: floats(values), width: 4, labels: Int32Array.from(labels), classes: 4 };

test("η² is that of pandas, of classes with five rows or more; at least a half is kept, highest first", () => {
  const found = classDependence(rows);
  const wanted = etaSquared
    .map((value, position) => ({ position, value }))
    .filter(({ value }) => value >= 0.5)
    .sort((a, b) => b.value - a.value);
  expect(wanted.length).toBe(3);
  expect(found.map(({ position }) => position).toSorted()).toEqual(
    wanted.map(({ position }) => position).toSorted(),
  );
  for (const { position, etaSquared: own } of found) expect(own).toBeCloseTo(etaSquared[position]!, 10);
  expect(found.at(-1)?.position).toBe(1);
});

test("a value that one row alone has, or no row, settles nothing", () => {
  const values = new Float32Array(40);
  values[2 * 39] = 1;
  const labels = Int32Array.from({ length: 20 }, (_, row) => (row === 19 ? 2 : row % 2));
  expect(classDependence({ values, width: 2, labels, classes: 3 })).toEqual([]);
});

test("one class alone settles nothing", () => {
  expect(classDependence({ ...rows, labels: rows.labels.map(() => 1) })).toEqual([]);
});
