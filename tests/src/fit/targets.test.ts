/** The same targets given in several forms are one training: its numbers equal those of the explicit form. */
import { expect, it, vi } from "vitest";
import { type ArraysOptions, arrays } from "../../../src/data/arrays.js";
import { evaluate } from "../../../src/evaluate/index.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { digits, stage } from "./trainingScene.js";

stage();

const count = 300;
const side = 784;
const labels = digits.train.y.subarray(0, count);
const column = (y: ArrayLike<number>) => Array.from(y, (value) => [value]);
const rows = (y: ArrayLike<number>, classes: number) =>
  Array.from(y, (label) => Array.from({ length: classes }, (_, k) => Number(k === label)));
const isOdd = Array.from(labels, (label) => label % 2);

function model(units: number, activation: "softmax" | "sigmoid" | "linear"): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units, inputShape: [side], activation, kernelInitializer: "zeros", name: "answer" }),
    ],
  });
}

type Targets = Pick<ArraysOptions, "y" | "classes" | "task">;

async function trained(targets: Targets, net: tf.LayersModel) {
  const x = digits.train.x.subarray(0, count * side);
  const data = arrays({ x, inputShape: [side], validation: 0.2, ...targets });
  const { history } = await fitModel(net, data, { epochs: 2, batchSize: 50, track: false, progress: false });
  return { data, history, weights: net.getWeights().map((weight) => [...weight.dataSync()]) };
}

async function same(given: Targets, explicit: Targets, make: () => tf.LayersModel) {
  const [one, other] = [await trained(given, make()), await trained(explicit, make())];
  expect(one.history).toEqual(other.history);
  expect(one.weights).toEqual(other.weights);
  return one;
}

it("learns rows of one 1 as the labels they stand for", async () => {
  const make = () => model(10, "softmax");
  const { data, history } = await same({ y: rows(labels, 10) }, { y: labels, classes: 10 }, make);
  expect(history.accuracy.at(-1)).toBeGreaterThan(0.5);
  await same({ y: column(labels), classes: 10 }, { y: labels, classes: 10 }, make);
  const net = make();
  expect((await evaluate(net, data.train)).accuracy).toBeCloseTo(
    [...data.train.y].filter((label) => label === 0).length / data.train.size,
    12,
  );
});

it("learns 0 and 1 in a column behind a sigmoid as labels of two classes", async () => {
  const make = () => model(1, "sigmoid");
  const { history } = await same({ y: column(isOdd) }, { y: isOdd, classes: 2 }, make);
  expect(history.valAccuracy).toHaveLength(2);
});

it("learns whole numbers as values where that is said, and as such in a column", async () => {
  const make = () => model(1, "linear");
  const { history } = await same({ y: labels, task: "regression" }, { y: column(labels) }, make);
  expect(history.meanAbsoluteError).toHaveLength(2);
});

it("tells on the console what it assumed, once", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await trained({ y: rows(labels, 10) }, model(10, "softmax"));
  expect(warn.mock.calls).toEqual([]);
  const net = model(10, "linear");
  await trained({ y: rows(labels, 10) }, net);
  await trained({ y: rows(labels, 10) }, net);
  const said = warn.mock.calls.map(([text]) => String(text));
  warn.mockRestore();
  expect(said).toEqual([
    expect.stringMatching(/^tunelab: fit learns the targets of .* as labels of 10 classes/),
  ]);
});
