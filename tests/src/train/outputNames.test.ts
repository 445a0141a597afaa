import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { tf } from "../../../src/native/index.js";
import { inputNames, outputNames } from "../../../src/train/outputNames.js";
import { trainOnce } from "./trainOnce.js";

const inputs = ["left", "right"].map((name) => tf.input({ shape: [3], name }));
const shared = tf.layers.dense({ name: "size", units: 1, kernelInitializer: "zeros" });
const outputs = inputs.map((input) => shared.apply(input) as tf.SymbolicTensor);
const twins = tf.model({ inputs, outputs });

it("tells outputs of one layer apart", () => {
  expect([inputNames(twins), outputNames(twins)]).toEqual([
    ["left", "right"],
    ["size", "size_1"],
  ]);
});

it("are the names of what is measured, and of the data", async () => {
  const x = Array.from({ length: 8 }, (_, i) => [i % 2, i % 3, 1]);
  const numbers = (factor: number) => x.map((_, i) => factor * i + 0.5);
  const data = arrays({ x: { right: x, left: x }, y: { size_1: numbers(3), size: numbers(1) } });
  const { history } = await trainOnce(twins, data, { epochs: 1, batchSize: 8, loss: ["auto", "auto"] });
  // Of weights of 0 the output is 0.
  const square = (values: number[]) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(history.sizeLoss?.[0]).toBeCloseTo(square(numbers(1)), 4);
  expect(history.size_1Loss?.[0]).toBeCloseTo(square(numbers(3)), 4);
});
