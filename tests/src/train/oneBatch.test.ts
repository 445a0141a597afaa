import { afterAll, describe, expect, test } from "vitest";
import { Deadline } from "../../../src/base/deadline.js";
import { tags } from "../../../src/base/tags.js";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { adam, sgd } from "../../../src/optim/index.js";
import type { BatchTries } from "../../../src/train/batchTries.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";
import { oneBatch } from "../../../src/train/oneBatch.js";

const size = 200;
const x = Float32Array.from({ length: 2 * size }, (_, i) => Math.sin(7.3 * i));
const y = Int32Array.from({ length: size }, (_, i) => (x[2 * i]! * x[2 * i + 1]! > 0 ? 1 : 0));
const blobs = arrays({ x, y, inputShape: [2], classes: 2 });
const made: tf.LayersModel[] = [];
afterAll(() => {
  for (const model of made) model.dispose();
});

function sequential(...layers: tf.layers.Layer[]): tf.LayersModel {
  const model = tf.sequential({ layers });
  made.push(model);
  return model;
}

const net = (hidden = [16, 16]) => {
  const model = mlp({ inputShape: [2], hidden, classes: 2, activation: "relu" });
  made.push(model);
  return model;
};

async function tried(model: tf.LayersModel, options: FitOptions = {}, budget = 60_000, dataset = blobs) {
  const plan = fitPlan(model, dataset, { track: false, ...options });
  return oneBatch(model, plan.training, { step: plan.step, signals: [], deadline: new Deadline(budget) });
}

const numbers = (model: tf.LayersModel) => model.weights.map((weight) => [...weight.read().dataSync()]);

describe("a model that can learn", () => {
  test("learns the batch, and begins near ln 2", async () => {
    const tries = (await tried(net())) as BatchTries;
    expect(tries).toMatchObject({ rows: 64, isLearnt: true, isCut: false });
    expect(tries.outputs).toEqual([{ name: "output", loss: "crossEntropy", classes: 2, value: tries.first }]);
    expect(tries.first / Math.log(2)).toBeGreaterThan(0.7);
    expect(tries.first / Math.log(2)).toBeLessThan(2);
    expect(tries.measured.get(tags.gradientL2("hidden_1/kernel"))).toHaveLength(3);
  });

  test.each([1e-5, 3])("learns it at another rate than SGD's %d", async (learningRate) => {
    const tries = (await tried(net(), { optimizer: sgd({ learningRate }), batchSize: 32 })) as BatchTries;
    expect(tries.tries.length).toBeGreaterThan(1);
    expect(tries.tries[1]?.learningRate).toBeCloseTo(10 * learningRate, 12);
  });

  test("is left to the bit as it was, weights that break their own constraint too", async () => {
    const model = sequential(
      tf.layers.dense({
        units: 8,
        inputShape: [2],
        kernelInitializer: tf.initializers.constant({ value: 3 }),
        kernelConstraint: tf.constraints.maxNorm({ maxValue: 1, axis: 0 }),
        activation: "tanh",
      }),
      tf.layers.batchNormalization({}),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.dense({ units: 2, activation: "softmax" }),
    );
    await tried(model);
    const before = numbers(model);
    const { numTensors } = tf.memory();
    const tries = (await tried(model)) as BatchTries;
    expect(tries.tries.length).toBeGreaterThan(0);
    expect(numbers(model)).toEqual(before);
    expect(before[0]?.every((value) => value === 3)).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test("has no penalty in its first loss", async () => {
    const of = (l2: number) =>
      sequential(
        tf.layers.dense({
          units: 4,
          inputShape: [2],
          kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
          ...(l2 > 0 && { kernelRegularizer: tf.regularizers.l2({ l2 }) }),
        }),
        tf.layers.dense({
          units: 2,
          activation: "softmax",
          kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }),
        }),
      );
    const [plain, penalised] = [await tried(of(0)), await tried(of(100))] as BatchTries[];
    expect(penalised?.first).toBeCloseTo(plain?.first as number, 5);
  });
});

test("a model whose inputs change nothing does not learn, at any rate", async () => {
  const dead = sequential(
    tf.layers.dense({
      units: 8,
      inputShape: [2],
      activation: "relu",
      biasInitializer: tf.initializers.constant({ value: -50 }),
    }),
    tf.layers.dense({ units: 2, activation: "softmax" }),
  );
  const tries = (await tried(dead, { optimizer: adam({ learningRate: 1e-3 }) })) as BatchTries;
  expect(tries.isLearnt).toBe(false);
  expect(tries.tries.map(({ steps }) => steps)).toEqual([40, 40, 40, 40, 1000]);
  expect(Math.min(...tries.tries.map(({ loss }) => loss))).toBeGreaterThan(
    0.997 * (tries.constant as number),
  );
  const dense = dead.layers[0]?.name as string;
  expect(tries.measured.get(tags.gradientL2(`${dense}/kernel`))).toEqual([0, 0, 0]);
});

describe("what is not tried", () => {
  test("stops when time is over", async () => {
    expect(await tried(net(), {}, 0)).toEqual({ why: "there was no time for it" });
  });

  test("needs 16 rows", async () => {
    const few = arrays({ x: x.slice(0, 20), y: y.slice(0, 10), inputShape: [2], classes: 2 });
    expect(await tried(net(), {}, 1000, few)).toEqual({ why: "there are fewer than 16 rows" });
  });

  test("leaves stateful layers alone", async () => {
    const series = arrays({ x: x.slice(0, 320), y: y.slice(0, 32), inputShape: [5, 2], classes: 2 });
    const model = sequential(
      tf.layers.lstm({ units: 3, stateful: true, batchInputShape: [16, 5, 2] }),
      tf.layers.dense({ units: 2, activation: "softmax" }),
    );
    expect(await tried(model, {}, 1000, series)).toEqual({
      why: "the states of its layers go on from batch to batch",
    });
  });
});
