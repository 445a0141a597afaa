import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { adam } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import type { CaptureCost } from "../../../../src/train/seams.js";

const batch = {
  x: tf.ones([4, 3]),
  y: tf.tensor1d([0, 1, 1, 0], "int32"),
};

const dense = (units: number, options: object = {}) =>
  tf.layers.dense({ units, kernelInitializer: "ones", ...options });

function stepOf(...layers: tf.layers.Layer[]) {
  const model = tf.sequential({ layers });
  return { model, step: createCapturedStep(model, { loss: "crossEntropy", optimizer: adam() }) };
}

const at = (seed: number) => ({ learningRate: 0.1, seed });
const valuesOf = (layer: tf.layers.Layer) => layer.getWeights().map((weight) => [...weight.dataSync()]);

it("a rate that was changed between steps holds from the refresh on", async () => {
  const dropout = tf.layers.dropout({ rate: 0.5 });
  const head = dense(2);
  const { model, step: first } = stepOf(dense(8, { inputShape: [3] }), dropout, head);
  first.dispose();
  head.setWeights([tf.tensor2d(Array.from({ length: 8 }, (_, i) => [0.1 * i, 0])), tf.zeros([2])]);
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam() });
  const trained = async () => (await step.run(batch, { learningRate: 0, seed: 1 })).loss;
  const { loss } = await step.evaluate(batch);
  expect(Math.abs((await trained()) - loss)).toBeGreaterThan(0.01);
  Object.assign(dropout, { rate: 0 });
  step.refresh();
  expect(await trained()).toBeCloseTo(loss, 5);
  step.dispose();
});

it.each([true, false])("a layer frozen and freed between steps follows (captured: %s)", async (capture) => {
  const first = dense(4, { inputShape: [3], activation: "tanh" });
  const model = tf.sequential({ layers: [first, dense(2, { kernelInitializer: "glorotUniform" })] });
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam(), capture });
  const tensors = tf.memory().numTensors;
  const after = async (seed: number) => {
    await step.run(batch, at(seed));
    step.pull();
    return valuesOf(first);
  };
  const trained = await after(0);
  first.trainable = false;
  step.refresh();
  expect(await after(1)).toEqual(trained);
  first.trainable = true;
  step.refresh();
  expect(await after(2)).not.toEqual(trained);
  expect(tf.memory().numTensors).toBe(tensors);
  step.dispose();
});

it("what each change of a penalty cost to capture is summed up", async () => {
  const l2 = tf.regularizers.l2({ l2: 0.01 });
  const { step } = stepOf(dense(4, { inputShape: [3], kernelRegularizer: l2 }), dense(2));
  let before = 0;
  for (let i = 0; i < 5; i++) {
    Object.assign(l2, { l2: 0.0137 + i / 100 });
    step.refresh();
    await step.run(batch, at(i));
    const [{ kind, batchSize, count, tracing, firstRun = 0 }] = step.captures as [CaptureCost];
    expect([kind, batchSize, count, step.captures.length]).toEqual(["train", 4, i + 1, 1]);
    expect(tracing + firstRun).toBeGreaterThan(before);
    before = tracing + firstRun;
  }
  await step.evaluate(batch);
  expect(step.captures.map(({ kind, count }) => [kind, count])).toEqual([
    ["train", 5],
    ["evaluate", 1],
  ]);
  step.dispose();
});

it("freezing everything between steps is refused", async () => {
  const { model, step } = stepOf(dense(2, { inputShape: [3] }));
  await step.run(batch, at(0));
  for (const layer of model.layers) layer.trainable = false;
  step.refresh();
  await expect(step.run(batch, at(1))).rejects.toThrowError(/has no trainable one/);
  step.dispose();
});

/** Reads values in inference only. */
class ReadsWhenAsked extends tf.layers.Layer {
  static className = "ReadsWhenAsked";
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean } = {}): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    if (!training) x.dataSync();
    return tf.mul(x, 1);
  }
}

it("validation that cannot be captured leaves training captured", async () => {
  const { step } = stepOf(new ReadsWhenAsked({ inputShape: [3] }), dense(2));
  await step.evaluate(batch);
  expect(step.eagerReasons).toHaveLength(1);
  await step.run(batch, at(0));
  await step.runSampled(batch, at(1));
  expect(step.eagerReasons).toHaveLength(1);
  step.dispose();
});

/** Has a number of its own that its configuration does not tell. */
class Times extends tf.layers.Layer {
  static className = "Times";
  factor = 1;
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, this.factor);
  }
}

it("a number changed on a person's own layer holds from the refresh on, and in the next training", async () => {
  const times = new Times({ inputShape: [3] });
  const head = dense(2);
  const { model, step: first } = stepOf(times, head);
  first.dispose();
  // The second logit is the factor, the first 0.
  head.setWeights([tf.tensor2d([0, 1, 0, 0, 0, 0], [3, 2]), tf.zeros([2])]);
  const expected = (factor: number) => Math.log(1 + Math.exp(factor)) - factor / 2;
  const trainingWith = () => createCapturedStep(model, { loss: "crossEntropy", optimizer: adam() });
  const step = trainingWith();
  for (const factor of [1, 2, 3]) {
    times.factor = factor;
    step.refresh();
    expect((await step.evaluate(batch)).loss).toBeCloseTo(expected(factor), 5);
  }
  step.dispose();
  times.factor = 4;
  const next = trainingWith();
  expect((await next.evaluate(batch)).loss).toBeCloseTo(expected(4), 5);
  next.dispose();
});
