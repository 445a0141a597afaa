import { describe, expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { tf } from "../../../../src/native/index.js";
import { adam, sgd } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import { batchFor, models, stepOf, train } from "./exampleSteps.js";

const { dense } = tf.layers;

class Reading extends tf.layers.Layer {
  static readonly className = "Reading";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    const largest = Math.max(...tf.abs(input).dataSync());
    return tf.div(input, largest);
  }
}

class Flat extends tf.layers.Layer {
  static readonly className = "Flat";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    // Sorting has no gradient in TensorFlow.js.
    return tf.topk((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, 6).values;
  }
}

describe("models that need care", () => {
  it("what reads values runs eagerly, says why, and learns", async () => {
    const model = tf.sequential({
      layers: [new Reading({ inputShape: [6] }), dense({ units: 3, activation: "softmax" })],
    });
    const step = stepOf(model);
    const results = await train(step, batchFor("mlp"), 10);
    expect(step.eagerReasons).toEqual([
      expect.stringMatching(
        /the values of Abs's output cannot be read while it is captured .*at tests\/.*lifecycle\.test\.ts:14/,
      ),
    ]);
    expect(results.at(-1)?.loss).toBeLessThan(results[0]?.loss as number);
  });

  it("a layer without a gradient is named", async () => {
    const model = tf.sequential({
      layers: [dense({ units: 6, inputShape: [6] }), new Flat({ name: "sorter" }), dense({ units: 3 })],
    });
    await expect(train(stepOf(model), batchFor("mlp"), 1)).rejects.toThrowError(
      /training needs a gradient through every layer, but layer "sorter" \(Flat\) has none/,
    );
  });

  it("a model with nothing to train says which layers are frozen", () => {
    const model = (models.mlp as () => tf.LayersModel)();
    for (const layer of model.layers) layer.trainable = false;
    expect(() => stepOf(model)).toThrowError(/has no trainable one: ".*" is frozen/);
  });

  it("a frozen layer stays as it is", async () => {
    const model = (models.mlp as () => tf.LayersModel)();
    const [frozen] = model.layers;
    if (frozen) frozen.trainable = false;
    const before = frozen?.getWeights().map((weight) => Array.from(weight.dataSync()));
    const step = stepOf(model);
    const { statistics } = await step.runSampled(batchFor("mlp"), { learningRate: 0.1, seed: 0 });
    step.dispose();
    expect(frozen?.getWeights().map((weight) => Array.from(weight.dataSync()))).toEqual(before);
    expect(statistics.gradients.size).toBe(4);
  });

  it("an unknown loss or a clip norm of 0 is refused", () => {
    const model = (models.mlp as () => tf.LayersModel)();
    expect(() => stepOf(model, { loss: "hinge" as never })).toThrowError(
      /a loss must be one of crossEntropy/,
    );
    expect(() => stepOf(model, { clipNorm: 0 })).toThrowError(/needs a clipNorm above 0/);
  });

  it("calls that nobody waited for take their turns", async () => {
    const batch = batchFor("mlp");
    const make = models.mlp as () => tf.LayersModel;
    const waited = await train(stepOf(make()), batch, 4);
    const step = stepOf(make());
    const rushed = await Promise.all(
      [0, 1, 2, 3].map((seed) => step.run(batch, { learningRate: 0.01, seed })),
    );
    expect(rushed).toEqual(waited);
  });

  it("a disposed step is not used again", async () => {
    const step = stepOf((models.mlp as () => tf.LayersModel)());
    step.dispose();
    step.dispose();
    await expect(step.evaluate(batchFor("mlp"))).rejects.toThrowError(/used after it was disposed/);
  });

  it("leaves no tensor behind", async () => {
    const model = (models["cnn with batch norm"] as () => tf.LayersModel)();
    const batch = batchFor("cnn");
    const counts = () => [tf.memory().numTensors, binding.getNumOfTensors()];
    const first = stepOf(model);
    await first.evaluate(batch);
    first.dispose();
    const before = counts();
    const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam() });
    await train(step, batch, 2);
    await step.runSampled(batch, { learningRate: 0.1, seed: 0 });
    await step.evaluate(batch);
    step.dispose();
    expect(counts()).toEqual(before);
  });
});

it("lets the event loop go on while a slow step runs, from the first one on", async () => {
  const model = tf.sequential({
    layers: [
      dense({ units: 1500, activation: "relu", inputShape: [1500], kernelInitializer: "zeros" }),
      dense({ units: 1500, activation: "relu", kernelInitializer: "zeros" }),
      dense({ units: 2, kernelInitializer: "zeros" }),
    ],
  });
  const batch = { x: tf.ones([3000, 1500]), y: tf.zeros([3000], "int32") };
  const step = stepOf(model, { optimizer: sgd() });
  for (let i = 0; i < 3; i++) {
    let turns = 0;
    const turn = () => {
      turns++;
      going = setImmediate(turn);
    };
    let going = setImmediate(turn);
    await step.run(batch, { learningRate: 0.1, seed: 0 });
    clearImmediate(going);
    // Thousands; a step on this thread leaves it one or two, before and after.
    expect(turns).toBeGreaterThan(10);
  }
});
