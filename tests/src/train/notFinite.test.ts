/** What `notFinite` does about a batch that holds a NaN. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { tf } from "../../../src/native/index.js";
import { adam } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { trainOnce } from "./trainOnce.js";

const row = (i: number) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13];
const sound = Array.from({ length: 40 }, (_, i) => row(i));
const label = (i: number) => (Math.sin(i) > 0.2 ? 1 : 0);
const good = arrays({ x: sound, y: sound.map((_, i) => label(i)) });
/** Ten samples more in the middle, one of them broken after it was read. */
const broken = (() => {
  const x = [...sound.slice(0, 20), ...sound.slice(0, 10), ...sound.slice(20)];
  const labels = sound.map((_, i) => label(i));
  const read = arrays({ x, y: [...labels.slice(0, 20), ...labels.slice(0, 10), ...labels.slice(20)] });
  const values = Float32Array.from(read.train.x);
  values[23 * 3 + 1] = Number.NaN;
  return { ...read, train: { ...read.train, x: values } };
})();
const model = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: 8,
        inputShape: [3],
        kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.reLU(),
      tf.layers.dense({
        units: 2,
        activation: "softmax",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
      }),
    ],
  });
const options: FitOptions = {
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 3,
  batchSize: 10,
  shuffle: false,
  track: { sampleEvery: 1 },
};

it("skip: the update never was, nor its part in batch norm's averages, nor in the means", async () => {
  const policy = { ...options, notFinite: "skip" } as const;
  const expected = await trainOnce(model(), good, policy);
  for (const capture of [true, false]) {
    const skipped = await trainOnce(model(), broken, policy, { capture });
    expect(skipped.weights).toEqual(expected.weights);
    expect(skipped.history.loss).toEqual(expected.history.loss);
    expect(skipped.steps).toBe(15);
    expect(skipped.stopped).toBeUndefined();
    const losses = [...(skipped.scalars.get("train/loss")?.values() ?? [])];
    expect(losses.flatMap((loss, i) => (Number.isNaN(loss) ? [i] : []))).toEqual([2, 7, 12]);
    expect(skipped.told).toEqual([
      "the loss or a gradient was not finite in epoch 1, at step 2; such updates are left out",
    ]);
  }
  const plain = await trainOnce(model(), good, options);
  plain.weights.flat().forEach((value, i) => {
    expect(Math.abs(value - (expected.weights.flat()[i] as number))).toBeLessThan(1e-6);
  });
});

it("skip: leaves out a whole update of several batches", async () => {
  const policy = { ...options, accumulate: 2, notFinite: "skip" } as const;
  const { told, weights, scalars } = await trainOnce(model(), broken, policy);
  expect(told).toHaveLength(1);
  expect(weights.flat().every(Number.isFinite)).toBe(true);
  const losses = [...(scalars.get("train/loss")?.values() ?? [])];
  expect(losses.map(Number.isFinite)).toEqual([true, false, true, true, false, true, true, false, true]);
});

it("skip: gives up when nothing is finite any more", async () => {
  const bad = { ...good, train: { ...good.train, x: good.train.x.map(() => Number.NaN) } };
  const { stopped, steps } = await trainOnce(model(), bad, { ...options, epochs: 50, notFinite: "skip" });
  expect(stopped).toEqual({
    why: "notFinite",
    reason: "none of the last 100 updates was finite, up to step 99",
  });
  expect(steps).toBe(100);
});

it("stop: ends at the step, tell: says it once and goes on", async () => {
  const stopped = await trainOnce(model(), broken, options);
  expect(stopped.stopped).toEqual({ why: "notFinite", reason: "the loss became NaN in epoch 1, at step 2" });
  expect(stopped.steps).toBe(3);
  const told = await trainOnce(model(), broken, { ...options, notFinite: "tell" });
  expect(told.stopped).toBeUndefined();
  expect(told.steps).toBe(15);
  expect(told.told).toEqual(["the loss became NaN in epoch 1, at step 2; the training goes on"]);
});

it("skip: an infinite gradient behind a finite loss counts, too", async () => {
  // √x at 0: the loss is finite, its slope is not.
  class Root extends tf.layers.Layer {
    static readonly className = "Root";
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.sqrt(tf.abs((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor));
    }
  }
  const rooted = () =>
    tf.sequential({
      layers: [
        tf.layers.dense({
          units: 4,
          inputShape: [3],
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
        new Root({ name: "root" }),
        tf.layers.dense({
          units: 2,
          activation: "softmax",
          kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        }),
      ],
    });
  const zero = arrays({ x: [...sound, [0, 0, 0]], y: [...sound.map((_, i) => label(i)), 0] });
  const { told, weights, scalars } = await trainOnce(rooted(), zero, {
    ...options,
    epochs: 1,
    batchSize: 40,
    optimizer: adam({ learningRate: 0 }),
    notFinite: "skip",
  });
  expect(told).toHaveLength(1);
  expect([...(scalars.get("train/loss")?.values() ?? [])].every(Number.isFinite)).toBe(true);
  expect(weights.flat().every(Number.isFinite)).toBe(true);
});
