import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { constantLoss } from "../../../src/train/constantLoss.js";
import { losses } from "../../../src/train/loss.js";

/** Made by constantLoss.py: each loss minimised over constant answers by SciPy. */
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/preflight/constantLoss.json", import.meta.url), "utf8"),
);
const rows = Int32Array.from({ length: 40 }, (_, i) => i);
const labels = { values: Int32Array.from(oracle.labels), shape: [], classes: 4 };
const bits = { values: Float32Array.from(oracle.bits), shape: [3], classes: undefined };
const values = { values: Float32Array.from(oracle.values), shape: [2], classes: undefined };

test.each([0, 0.1])("is what SciPy finds at best, smoothed by %d", (smoothing) => {
  expect(constantLoss(losses.crossEntropy, { target: labels, rows, smoothing })).toBeCloseTo(
    oracle.crossEntropy[smoothing],
    6,
  );
  expect(constantLoss(losses.binaryCrossEntropy, { target: bits, rows, smoothing })).toBeCloseTo(
    oracle.binaryCrossEntropy[smoothing],
    6,
  );
  expect(constantLoss(losses.meanSquaredError, { target: values, rows, smoothing })).toBeCloseTo(
    oracle.meanSquaredError,
    5,
  );
});

test("is of the rows that are named alone", () => {
  const same = rows.filter((row) => labels.values[row] === 1);
  expect(constantLoss(losses.crossEntropy, { target: labels, rows: same, smoothing: 0 })).toBe(0);
});

test("is unknown of a person's own loss", () => {
  const own = { ...losses.meanSquaredError, own: "(target, output) => …" };
  expect(constantLoss(own, { target: values, rows, smoothing: 0 })).toBeUndefined();
});
