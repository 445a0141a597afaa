/** What happens when TensorFlow cannot allocate what a step, or validation, asks for. */
import { expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { TensorFlowError, tf } from "../../../src/native/index.js";
import { adam } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { trainOnce } from "./trainOnce.js";

/**
 * Of what is too much: `bytes` are more than 64 bits can count, which TensorFlow refuses at once; `memory` is more than a
 * 47-bit address space has, for which it first waits 10 s to become free. The error is the same.
 */
type Beyond = "bytes" | "memory";

/** With more than so many samples at once, more on the way than can be had. */
class Greedy extends tf.layers.Layer {
  static readonly className = "Greedy";
  /** In training or, where it is told so, in inference only. */
  constructor(
    readonly most: number,
    readonly inTraining: boolean,
    readonly beyond: Beyond,
  ) {
    super({});
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    const n = x.shape[0] as number;
    const asks = n > this.most && Boolean(training) === this.inTraining;
    // The numbers asked for are n² · 2³² · last: from 2⁶² on their bytes cannot be counted, from 2⁶³ on they themselves.
    const last = this.beyond === "memory" ? 2 ** 12 : 2 ** Math.ceil(30 - 2 * Math.log2(n));
    const copies = asks ? [n, 1, 2 ** 30, last] : [n, 1, 1, 1];
    const greedy = tf.customGrad((given) => ({
      value: tf.add(
        given as tf.Tensor,
        tf.mul(0, tf.sum(tf.tile(tf.reshape(given as tf.Tensor, [1, n, 4, 1]), copies))),
      ),
      gradFunc: (dy) => dy,
    }));
    return greedy(x);
  }
}

vi.setConfig({ testTimeout: 180_000 });

const glorot = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const model = (most = Number.POSITIVE_INFINITY, inTraining = true, beyond: Beyond = "bytes") =>
  tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, activation: "tanh", inputShape: [4], ...glorot(1) }),
      new Greedy(most, inTraining, beyond),
      tf.layers.dense({ units: 2, activation: "softmax", ...glorot(2) }),
    ],
  });
const data = arrays({
  x: Array.from({ length: 150 }, (_, i) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13, 1]),
  y: Array.from({ length: 150 }, (_, i) => (Math.sin(i) > 0.2 ? 1 : 0)),
  validation: 50,
});
const options: FitOptions = { optimizer: adam({ learningRate: 0.01 }), epochs: 3, batchSize: 40, seed: 2 };
const near = (a: readonly number[], b: readonly number[]) => {
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) => {
    expect(Math.abs(value - (b[i] as number))).toBeLessThan(1e-6);
  });
};

it.each([true, false])(
  "halves batches until they fit, and trains as if it had not (capture: %s)",
  async (capture) => {
    const free = await trainOnce(model(), data, options);
    const halved = await trainOnce(model(20), data, { ...options, outOfMemory: "halve" }, { capture });
    const sentence = (size: number) =>
      `step 0 needed more memory than there is: from now on each batch of 40 is taken in parts of ${size} samples, whose gradients are added up`;
    expect(halved.told).toEqual([sentence(20)]);
    expect(halved.steps).toBe(free.steps);
    near(halved.weights.flat(), free.weights.flat());
    near(
      [...(halved.scalars.get("train/loss")?.values() ?? [])],
      [...(free.scalars.get("train/loss")?.values() ?? [])],
    );
  },
);

it("halves within updates of several batches, which begin again", async () => {
  const free = await trainOnce(model(), data, { ...options, accumulate: 2 });
  const halved = await trainOnce(model(11), data, { ...options, accumulate: 2, outOfMemory: "halve" });
  expect(halved.told.map((sentence) => /parts of \d+/.exec(sentence)?.[0])).toEqual([
    "parts of 20",
    "parts of 10",
  ]);
  near(halved.weights.flat(), free.weights.flat());
});

it("halves the batches of validation", async () => {
  const free = await trainOnce(model(), data, options);
  const halved = await trainOnce(model(30, false), data, { ...options, outOfMemory: "halve" });
  expect(halved.told).toEqual([
    "validation needed more memory than there is: from now on it takes 25 samples at once",
  ]);
  near(halved.history.valLoss, free.history.valLoss);
});

it("without it, and where one sample is too much, ends with what to do", async () => {
  const memory =
    /^training ran out of memory at step 0; a smaller batchSize needs less, and outOfMemory: "halve" finds one by itself: /;
  const before = tf.memory().numTensors;
  for (const [most, outOfMemory, batchSize, beyond] of [
    [20, "stop", 40, "memory"],
    [20, "stop", 40, "bytes"],
    [0, "halve", 1, "bytes"],
  ] as const) {
    const own = model(most, true, beyond);
    const error = (await trainOnce(own, data, { ...options, batchSize, outOfMemory }).catch(
      (given) => given,
    )) as TensorFlowError;
    expect(error).toBeInstanceOf(TensorFlowError);
    expect(error.code).toBe(8);
    expect(error.message).toMatch(memory);
    expect(error.message).toContain("OOM when allocating tensor with shape");
    own.dispose();
  }
  await expect(trainOnce(model(30, false), data, options)).rejects.toThrow(/out of memory at step 3/);
  expect(tf.memory().numTensors - before).toBeLessThan(10);
});
