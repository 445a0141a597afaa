import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { arrays } from "../../../src/data/arrays.js";
import { evaluateRegression } from "../../../src/evaluate/evaluateRegression.js";
import { RegressionEvaluation } from "../../../src/evaluate/regressionEvaluation.js";
import { tf } from "../../../src/native/index.js";

installHost(terminalHost({ write: () => true }));

interface Expected {
  readonly targets: number[][];
  readonly predictions: number[][];
  readonly meanSquaredError: number;
  readonly rootMeanSquaredError: number;
  readonly meanAbsoluteError: number;
  readonly r2: number;
}
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/evaluate/sklearn_curves.json", import.meta.url), "utf8"),
) as { regression: Record<string, Expected> };

/** A model that says its input. */
function identity(units: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.identity({});
  return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [units], kernelInitializer })] });
}

it.each(Object.entries(oracle.regression))("agrees with scikit-learn: %s", async (_name, expected) => {
  const outputs = expected.targets[0]!.length;
  const split = arrays({ x: expected.predictions, y: expected.targets }).train;
  const before = tf.memory().numTensors;
  const model = identity(outputs);
  const weights = tf.memory().numTensors - before;
  const found = await evaluateRegression(model, split, { batchSize: 7 });
  for (const name of ["meanSquaredError", "rootMeanSquaredError", "meanAbsoluteError", "r2"] as const)
    expect(found[name]).toBeCloseTo(expected[name], 10);
  expect(found.size).toBe(expected.targets.length);
  expect([...found.predictions]).toEqual(expected.predictions.flat());
  expect(tf.memory().numTensors - before).toBe(weights);
});

it("shows itself in a line, and as a chart", async () => {
  const found = await evaluateRegression(identity(1), arrays({ x: [[1], [2]], y: [[1.5], [2]] }).train);
  expect(String(found)).toBe("MSE 0.125, RMSE 0.3536, MAE 0.25, R² -1 on 2 samples");
  const bundle = await found.toMimeBundle();
  expect(Object.keys(bundle)).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "image/png",
    "text/plain",
  ]);
  expect(String(bundle["image/svg+xml"])).toContain(">predicted<");
});

it("refuses class labels, and sends on who has them", async () => {
  const labels = arrays({ x: [[1], [2]], y: [0, 1], classes: 2 }).train;
  await expect(evaluateRegression(identity(1), labels)).rejects.toThrow(
    new TypeError(
      'evaluateRegression needs targets that are numbers; the split "train" holds class labels, which evaluate takes',
    ),
  );
  const wide = arrays({ x: [[1, 2]], y: [[1.5]] }).train;
  await expect(evaluateRegression(identity(1), wide)).rejects.toThrow(
    "evaluateRegression needs samples that fit",
  );
});

it("draws every output of a large one alike", () => {
  const targets = Float32Array.from({ length: 2000 }, (_, i) => i % 2);
  const { content } = new RegressionEvaluation(targets, targets, 2).toRecord();
  if (content.kind !== "regression") throw new Error("it is no regression");
  const { points } = content;
  expect(points).toHaveLength(1000);
  expect(points.filter(([target]) => target === 1)).toHaveLength(500);
});
