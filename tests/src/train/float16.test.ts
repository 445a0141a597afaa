/** Trainings whose products are in float16, and whose loss is scaled. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { tf } from "../../../src/native/index.js";
import { adam, ema, sam, sgd } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { hashedValues as values } from "./hashedValues.js";
import { trainOnce } from "./trainOnce.js";

/** Made by tests/oracles/train/torch_loss_scale.py: losses in float64, and how far autocast with GradScaler is from them. */
const { training: fixture } = JSON.parse(
  readFileSync(new URL("../../oracles/train/torch_loss_scale.json", import.meta.url), "utf8"),
) as { training: { losses: number[]; autocast: number } };

const sizes = [128, 256, 256, 10];
const batches = 4;

/** So wide that its products are in float16. */
function wide({ normalised = false } = {}): tf.LayersModel {
  const { dense, batchNormalization } = tf.layers;
  const hidden = sizes.slice(1, -1).flatMap((units, k) => {
    const layer = dense({ units, activation: "relu", ...(k === 0 && { inputShape: [sizes[0] as number] }) });
    return normalised ? [layer, batchNormalization()] : [layer];
  });
  const model = tf.sequential({ layers: [...hidden, dense({ units: 10, activation: "softmax" })] });
  let k = 0;
  const made: tf.Tensor[] = [];
  const weights = model.getWeights().map((weight) => {
    if (weight.rank !== 2) return weight;
    const kernel = values(weight.shape, ++k, Math.sqrt(6 / (weight.shape[0] as number)));
    made.push(kernel);
    return kernel;
  });
  model.setWeights(weights);
  tf.dispose(made);
  return model;
}

const { x, y } = (() => {
  const each = Array.from({ length: batches }, (_, k) => values([128, 128], 20 + k, 1));
  const all = tf.concat(each);
  // Classes that can be learnt: the greatest of the first ten inputs.
  const classes = tf.argMax(tf.slice(all, [0, 0], [-1, 10]), 1);
  return { x: all.dataSync() as Float32Array, y: Int32Array.from(classes.dataSync()) };
})();
const data = arrays({ x, y, inputShape: [128], classes: 10 });
const one = arrays({ x: x.slice(0, 128 * 128), y: y.slice(0, 128), inputShape: [128], classes: 10 });

const options: FitOptions = {
  optimizer: adam({ learningRate: 1e-3 }),
  epochs: 2,
  batchSize: 128,
  shuffle: false,
  precision: "float16",
  track: { sampleEvery: 3 },
};

const scalesOf = ({ scalars }: Awaited<ReturnType<typeof trainOnce>>) => [
  ...(scalars.get("train/lossScale")?.values() ?? []),
];
const initial = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

describe("a training in float16", () => {
  it("keeps as near float64's losses as PyTorch's autocast with GradScaler, over 100 steps", async () => {
    const { losses, told, eagerReasons } = await trainOnce(wide(), data, {
      ...options,
      optimizer: sgd({ learningRate: 0.05 }),
      epochs: 25,
    });
    expect(eagerReasons).toEqual([]);
    expect(told).toEqual([]);
    const apart = Math.hypot(...losses.map((loss, i) => loss - (fixture.losses[i] as number)));
    const distance = apart / Math.hypot(...fixture.losses);
    expect(losses).toHaveLength(100);
    expect(distance).toBeLessThan(2 * fixture.autocast);
    expect(distance).toBeGreaterThan(0.05 * fixture.autocast);
  });

  it("leaves everything as it was where gradients overflow, and says so of a scale that stays", async () => {
    for (const accumulate of [1, 2]) {
      const model = wide({ normalised: true });
      const before = initial(model);
      const { weights, told, stopped, losses, history } = await trainOnce(model, data, {
        ...options,
        accumulate,
        lossScale: 2 ** 100,
      });
      expect(weights).toEqual(before);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(history.loss).toHaveLength(2);
      expect(stopped).toBeUndefined();
      expect(told).toEqual([
        `a gradient was not finite in epoch 1, at step 0, with the loss scale ${2 ** 100}; such updates are left out`,
      ]);
    }
  });

  it("finds its scale, and is then as one that began with it: weights, moments, averages", async () => {
    const optimizer = ema(adam({ learningRate: 1e-3 }), { decay: 0.9 });
    const high = { ...options, optimizer, epochs: 40, lossScale: { initial: 2 ** 40 } };
    const searched = await trainOnce(wide({ normalised: true }), one, high);
    const scales = scalesOf(searched);
    const found = scales.at(-1) as number;
    const skipped = scales.indexOf(found);
    expect(scales.slice(0, skipped + 1)).toEqual(
      Array.from({ length: skipped + 1 }, (_, k) => 2 ** (40 - k)),
    );
    expect(skipped).toBeGreaterThan(10);
    expect(skipped).toBeLessThan(38);
    expect(searched.told).toEqual([]);
    expect(searched.stopped).toBeUndefined();
    const right = await trainOnce(wide({ normalised: true }), one, {
      ...high,
      epochs: 40 - skipped,
      lossScale: { initial: found },
    });
    expect(right.weights).toEqual(searched.weights);
    expect(right.losses).toEqual(searched.losses.slice(skipped));
  });

  it("grows the scale after so many sound updates", async () => {
    const lossScale = { initial: 4, growthFactor: 8, growthInterval: 3 };
    const trained = await trainOnce(wide(), data, { ...options, lossScale });
    expect(scalesOf(trained)).toEqual([4, 4, 4, 32, 32, 32, 256, 256]);
  });

  it("adds up the gradients of several batches", async () => {
    const optimizer = sgd({ learningRate: 0.05 });
    const more = { ...options, optimizer, maxSteps: 1, lossScale: 1024 };
    const large = await trainOnce(wide(), data, more);
    const small = await trainOnce(wide(), data, { ...more, batchSize: 64, accumulate: 2 });
    const before = initial(wide()).flat();
    const away = (from: readonly number[]) =>
      Math.hypot(...large.weights.flat().map((value, i) => value - (from[i] as number)));
    expect(away(before)).toBeGreaterThan(0.01);
    expect(away(small.weights.flat()) / away(before)).toBeLessThan(2 ** -11);
  });

  it("leaves out an update of several batches where one of them overflows", async () => {
    const steep = Float32Array.from(x);
    // Some samples of the third batch, whose gradients alone are beyond what float16 has.
    for (let i = 160; i < 180; i++) steep[128 * i] = 3e4;
    const broken = arrays({ x: steep, y, inputShape: [128], classes: 10 });
    const more = { ...options, batchSize: 64, accumulate: 2, lossScale: 2 ** 14, epochs: 1 };
    const { losses, told, weights } = await trainOnce(wide(), broken, more);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(told).toEqual([
      "a gradient was not finite in epoch 1, at step 1, with the loss scale 16384; such updates are left out",
    ]);
    const rest = [0, 2, 3].flatMap((k) => Array.from({ length: 128 }, (_, i) => 128 * k + i));
    const without = arrays({
      x: Float32Array.from(rest.flatMap((i) => [...x.subarray(128 * i, 128 * (i + 1))])),
      y: Int32Array.from(rest, (i) => y[i] as number),
      inputShape: [128],
      classes: 10,
    });
    expect((await trainOnce(wide(), without, more)).weights).toEqual(weights);
  });

  it("computes in float32 where it is not captured, scaled all the same", async () => {
    const plain = { ...options, precision: "float32", notFinite: "skip" } as const;
    const expected = await trainOnce(wide(), data, plain, { capture: false });
    const eager = await trainOnce(wide(), data, options, { capture: false });
    expect(eager.eagerReasons).not.toEqual([]);
    expect(scalesOf(eager)).toEqual(Array(8).fill(65536));
    expect(eager.weights).toEqual(expected.weights);
    const captured = await trainOnce(wide(), data, options);
    expect(captured.weights).not.toEqual(expected.weights);
  });

  it.each([true, false])("keeps its memory, captured: %s", async (capture) => {
    const run = () =>
      trainOnce(
        wide({ normalised: true }),
        data,
        { ...options, lossScale: { initial: 2 ** 30 } },
        { capture },
      );
    await run();
    const before = tf.memory().numTensors;
    const { weights } = await run();
    // The new model's own weights.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(weights.length);
  });
});

/** So small that none of its products gains: all of it is float32, and a power of two changes no digit. */
const narrow = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        name: "hidden",
        units: 8,
        activation: "tanh",
        inputShape: [128],
        kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.batchNormalization({ name: "normal" }),
      tf.layers.dense({
        name: "output",
        units: 10,
        activation: "softmax",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
      }),
    ],
  });

describe("a loss scale alone", () => {
  it.each<[string, FitOptions]>([
    ["clipping by norm", { clipNorm: 0.05 }],
    ["clipping by value", { clipValue: 0.001 }],
    ["adaptive clipping", { clipAdaptive: 0.01 }],
    ["accumulation", { accumulate: 3, batchSize: 50 }],
    ["an optimiser that climbs first", { optimizer: sam(sgd({ learningRate: 0.1 })) }],
  ])("changes nothing of losses, gradients and weights: %s", async (_, more) => {
    const plain = { ...options, precision: "float32", notFinite: "skip", ...more } as const;
    const expected = await trainOnce(narrow(), data, plain);
    const scaled = await trainOnce(narrow(), data, { ...options, ...more });
    expect(new Set(scalesOf(scaled))).toEqual(new Set([65536]));
    expect(scaled.weights).toEqual(expected.weights);
    expect(scaled.losses).toEqual(expected.losses);
    scaled.scalars.delete("train/lossScale");
    expect(scaled.scalars).toEqual(expected.scalars);
  });

  it("leaves a loss that is no number to notFinite", async () => {
    const values = Float32Array.from(x);
    values[300 * 128] = Number.NaN;
    const broken = { ...data, train: { ...data.train, x: values } };
    const stopped = await trainOnce(narrow(), broken, options);
    expect(stopped.stopped).toEqual({
      why: "notFinite",
      reason: "the loss became NaN in epoch 1, at step 2",
    });
    expect(stopped.weights.flat().every(Number.isFinite)).toBe(true);
    const skipped = await trainOnce(narrow(), broken, { ...options, notFinite: "skip" });
    expect(skipped.stopped).toBeUndefined();
    expect(skipped.told).toEqual([
      "the loss or a gradient was not finite in epoch 1, at step 2; such updates are left out",
    ]);
    expect(scalesOf(skipped)).toEqual(Array(8).fill(65536));
    const told = await trainOnce(narrow(), broken, { ...options, notFinite: "tell" });
    expect(told.told).toEqual(["the loss became NaN in epoch 1, at step 2; the training goes on"]);
    expect(told.weights).toEqual(skipped.weights);
  });

  it("says when gradients are not finite at any scale, and gives up", async () => {
    // √x at 0: the loss is finite, its slope is not.
    class Rooted extends tf.layers.Layer {
      static readonly className = "Rooted";
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.sqrt(tf.relu((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor));
      }
    }
    const rooted = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [128], kernelInitializer: "zeros" }),
        new Rooted(),
        tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: "ones" }),
      ],
    });
    const before = initial(rooted);
    const { told, stopped, steps, weights } = await trainOnce(rooted, data, { ...options, epochs: 30 });
    expect(told).toEqual([
      "a gradient was not finite in epoch 5, at step 17, even with the loss scale down at 0.5; such updates are left out",
    ]);
    expect(stopped?.reason).toBe("none of the last 100 updates was finite, up to step 99");
    expect(steps).toBe(100);
    expect(weights).toEqual(before);
  });
});
