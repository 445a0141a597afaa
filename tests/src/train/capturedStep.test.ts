import { afterEach, describe, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";
import { adam, adamw, type Optimizer, sgd } from "../../../src/optim/index.js";
import type { Batch } from "../../../src/train/batch.js";
import { type CapturedStepOptions, createCapturedStep } from "../../../src/train/capturedStep.js";
import type { StepResult, TrainingStep } from "../../../src/train/seams.js";
import { stepFunctionCount } from "../../../src/train/step/stepFunctions.js";

const { activation, add, batchNormalization, conv2d, dense, dropout, flatten, maxPooling2d, reLU } =
  tf.layers;
const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

const models: Record<string, () => tf.LayersModel> = {
  mlp: () =>
    tf.sequential({
      layers: [
        dense({ units: 12, activation: "sigmoid", inputShape: [6], kernelInitializer: glorot(1) }),
        dense({ units: 8, activation: "relu", kernelInitializer: glorot(2) }),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
      ],
    }),
  "mlp with dropout and penalties": () =>
    tf.sequential({
      layers: [
        dense({
          units: 16,
          activation: "tanh",
          inputShape: [6],
          kernelInitializer: glorot(1),
          kernelRegularizer: tf.regularizers.l1l2({ l1: 1e-3, l2: 1e-2 }),
        }),
        dropout({ rate: 0.4 }),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }),
      ],
    }),
  cnn: () =>
    tf.sequential({
      layers: [
        conv2d({
          filters: 4,
          kernelSize: 3,
          activation: "relu",
          inputShape: [8, 8, 1],
          kernelInitializer: glorot(1),
        }),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }),
      ],
    }),
  "cnn with batch norm": () =>
    tf.sequential({
      layers: [
        conv2d({
          filters: 4,
          kernelSize: 3,
          useBias: false,
          inputShape: [8, 8, 1],
          kernelInitializer: glorot(1),
        }),
        batchNormalization({ momentum: 0.8 }),
        reLU(),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        batchNormalization(),
        dense({ units: 3, kernelInitializer: glorot(2) }),
        activation({ activation: "softmax" }),
      ],
    }),
  "functional with a shared layer and a branch": () => {
    const input = tf.input({ shape: [6] });
    const shared = dense({ units: 6, activation: "tanh", kernelInitializer: glorot(1) });
    const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    const sum = add().apply([twice, input]) as tf.SymbolicTensor;
    const output = dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }).apply(sum);
    return tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  },
};

const isImage = (name: string) => name.startsWith("cnn");

function batchFor(name: string, size = 10): Batch {
  const shape = isImage(name) ? [size, 8, 8, 1] : [size, 6];
  return {
    x: tf.randomNormal(shape, 0, 1, "float32", 11),
    y: tf.tensor1d(
      Int32Array.from({ length: size }, (_, i) => (i * 7) % 3),
      "int32",
    ),
  };
}

const steps: TrainingStep<Batch>[] = [];
function stepOf(model: tf.LayersModel, options: Partial<CapturedStepOptions> = {}): TrainingStep<Batch> {
  const step = createCapturedStep(model, {
    loss: "crossEntropy",
    optimizer: adam({ learningRate: 0.01 }),
    ...options,
  });
  steps.push(step);
  return step;
}
afterEach(() => {
  for (const step of steps.splice(0)) step.dispose();
});

async function train(
  step: TrainingStep<Batch>,
  batch: Batch,
  count: number,
  from = 0,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (let i = from; i < from + count; i++)
    results.push(await step.run(batch, { learningRate: 0.01, seed: i }));
  return results;
}

const weightsOf = (model: tf.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

const optimizers: Record<string, Optimizer> = {
  "sgd with momentum": sgd({ momentum: 0.9 }),
  "sgd with decay (composed, no fused kernel)": sgd({ momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  adam: adam(),
  adamw: adamw(),
};

describe.each(Object.keys(models))("%s", (name) => {
  const make = models[name] as () => tf.LayersModel;

  it.each(Object.keys(optimizers))("captured equals eager to the last digit: %s", async (optimizer) => {
    const batch = batchFor(name);
    const runs = [true, false].map(async (capture) => {
      const model = make();
      const step = stepOf(model, { optimizer: optimizers[optimizer] as Optimizer, capture, clipNorm: 0.5 });
      const results = await train(step, batch, 6);
      const evaluated = await step.evaluate(batch);
      expect(step.eagerReasons.length === 0).toBe(capture);
      step.pull();
      return { results, evaluated, weights: weightsOf(model) };
    });
    const [captured, eager] = await Promise.all(runs);
    expect(captured).toEqual(eager);
    expect(captured?.results.at(-1)?.loss).toBeLessThan(captured?.results[0]?.loss as number);
  });

  it("measuring a step changes no digit of it", async () => {
    const batch = batchFor(name);
    const plain = await train(stepOf(make()), batch, 5);
    const step = stepOf(make());
    const mixed: StepResult[] = [];
    for (let i = 0; i < 5; i++) {
      const options = { learningRate: 0.01, seed: i };
      const { loss, metrics, totals } = await (i % 2 === 0
        ? step.runSampled(batch, options)
        : step.run(batch, options));
      mixed.push({ loss, metrics, totals });
    }
    expect(mixed).toEqual(plain);
  });

  it("takes a smaller last batch", async () => {
    const step = stepOf(make());
    await train(step, batchFor(name, 10), 2);
    const [small] = await train(step, batchFor(name, 3), 1);
    expect(small?.loss).toBeGreaterThan(0);
    expect(step.eagerReasons).toEqual([]);
  });
});

it("starts from and ends with the model's own weights, and agrees with its predict", async () => {
  const model = (models["cnn with batch norm"] as () => tf.LayersModel)();
  const batch = batchFor("cnn");
  const before = weightsOf(model);
  const step = stepOf(model);
  await train(step, batch, 3);
  expect(weightsOf(model)).toEqual(before);
  const { loss, metrics } = await step.evaluate(batch);
  step.dispose();
  const probabilities = (model.predict(batch.x) as tf.Tensor).arraySync() as number[][];
  const labels = Array.from(batch.y.dataSync());
  const expected = probabilities.map((row, i) => -Math.log(row[labels[i] as number] as number));
  expect(loss).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / labels.length, 5);
  const right = probabilities.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length;
  expect(metrics.accuracy).toBeCloseTo(right / labels.length, 6);
  expect(weightsOf(model)).not.toEqual(before);
});

it("moves batch norm's averages by its momentum, with the biased variance", async () => {
  const model = tf.sequential({
    layers: [
      batchNormalization({ momentum: 0.8, inputShape: [6] }),
      dense({ units: 3, activation: "softmax" }),
    ],
  });
  const batch = batchFor("mlp");
  const step = stepOf(model);
  await train(step, batch, 1);
  step.dispose();
  const columns = (batch.x.transpose().arraySync() as number[][]).map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return { mean, variance: column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length };
  });
  const [, , mean, variance] =
    model.layers[0]?.getWeights().map((weight) => Array.from(weight.dataSync())) ?? [];
  columns.forEach((column, i) => {
    expect(mean?.[i]).toBeCloseTo(0.2 * column.mean, 5);
    expect(variance?.[i]).toBeCloseTo(0.8 + 0.2 * column.variance, 5);
  });
});

it("dropout follows the seed of the step", async () => {
  const make = models["mlp with dropout and penalties"] as () => tf.LayersModel;
  const batch = batchFor("mlp");
  const first = async (seed: number) => (await stepOf(make()).run(batch, { learningRate: 0.01, seed })).loss;
  expect(await first(5)).toBe(await first(5));
  expect(await first(5)).not.toBe(await first(6));
});

it("counts the penalties of regularisers into the loss", async () => {
  const kernel = [[0.5], [-2]];
  const layer = dense({ units: 1, inputShape: [2], kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) });
  const model = tf.sequential({ layers: [layer] });
  layer.setWeights([tf.tensor2d(kernel), tf.zeros([1])]);
  const batch = { x: tf.zeros([4, 2]), y: tf.zeros([4, 1]) };
  const step = stepOf(model, { loss: "meanSquaredError" });
  expect((await step.evaluate(batch)).loss).toBeCloseTo(0.1 * (0.25 + 4), 6);
  expect((await step.run(batch, { learningRate: 0, seed: 0 })).loss).toBeCloseTo(0.425, 6);
});

it("weighs samples as the batch says", async () => {
  const batch = batchFor("mlp", 4);
  const make = models.mlp as () => tf.LayersModel;
  const model = make();
  const step = stepOf(model);
  const weighted = await step.evaluate({ ...batch, weights: tf.tensor1d([2, 0, 0, 0]) });
  const first = { x: batch.x.slice([0, 0], [1, 6]), y: batch.y.slice([0], [1]) };
  expect(weighted.loss).toBeCloseTo((2 * (await step.evaluate(first)).loss) / 4, 5);
});

it("clips by the global norm", async () => {
  const make = models.mlp as () => tf.LayersModel;
  const batch = batchFor("mlp");
  const change = async (clipNorm: number | undefined) => {
    const model = make();
    const before = weightsOf(model).flat();
    const step = stepOf(model, { optimizer: sgd(), ...(clipNorm !== undefined && { clipNorm }) });
    const { statistics } = await step.runSampled(batch, { learningRate: 1, seed: 0 });
    step.pull();
    const after = weightsOf(model).flat();
    return { norm: Math.hypot(...after.map((value, i) => value - (before[i] as number))), statistics };
  };
  const free = await change(undefined);
  expect(free.norm).toBeCloseTo(free.statistics.gradientNorm, 4);
  const clipped = await change(0.01);
  expect(clipped.norm).toBeCloseTo(0.01, 5);
  expect(clipped.statistics.gradientNorm).toBeCloseTo(free.statistics.gradientNorm, 5);
  expect((await change(1e6)).norm).toBeCloseTo(free.norm, 5);
});

it("respects a weight's constraint", async () => {
  const layer = dense({
    units: 3,
    inputShape: [6],
    activation: "softmax",
    kernelConstraint: tf.constraints.nonNeg(),
  });
  const model = tf.sequential({ layers: [layer] });
  const step = stepOf(model);
  await train(step, batchFor("mlp"), 2);
  step.dispose();
  expect(Math.min(...(layer.getWeights()[0]?.dataSync() ?? []))).toBeGreaterThanOrEqual(0);
});

describe("statistics of a sampled step", () => {
  it("are of the gradients, weights and outputs that TensorFlow.js itself computes", async () => {
    const model = (models.mlp as () => tf.LayersModel)();
    const batch = batchFor("mlp");
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const oneHot = tf.oneHot(batch.y as tf.Tensor1D, 3);
    const { grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(oneHot, tf.log(model.apply(batch.x) as tf.Tensor)) as tf.Scalar,
      variables,
    );
    const hidden = tf.model({ inputs: model.inputs, outputs: model.layers[1]?.output as tf.SymbolicTensor });
    const output = Array.from((hidden.predict(batch.x) as tf.Tensor).dataSync());
    const step = stepOf(model, { optimizer: sgd() });
    const { statistics } = await step.runSampled(batch, { learningRate: 0.5, seed: 0 });
    const names = model.layers.flatMap(({ name }) => [`${name}/kernel`, `${name}/bias`]);
    expect([...statistics.gradients.keys()]).toEqual(names);
    expect([...statistics.weights.keys()]).toEqual(names);
    expect([...statistics.activations.keys()]).toEqual(model.layers.map(({ name }) => name));
    names.forEach((name, i) => {
      const values = Array.from(grads[variables[i]?.name ?? ""]?.dataSync() ?? []);
      const own = Array.from(variables[i]?.dataSync() ?? []);
      expect(statistics.gradients.get(name)?.l2).toBeCloseTo(Math.hypot(...values), 5);
      expect(statistics.gradients.get(name)?.count).toBe(values.length);
      expect(statistics.weights.get(name)?.l2).toBeCloseTo(Math.hypot(...own), 5);
      if (Math.hypot(...own) > 0)
        expect(statistics.updateRatio.get(name)).toBeCloseTo(
          (0.5 * Math.hypot(...values)) / Math.hypot(...own),
          4,
        );
    });
    const relu = statistics.activations.get(model.layers[1]?.name ?? "");
    expect(relu?.zeroFraction).toBeCloseTo(output.filter((value) => value === 0).length / output.length, 6);
    expect(relu?.saturatedFraction).toBe(relu?.zeroFraction);
    expect(relu?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(output.length);
    const softmax = statistics.activations.get(model.layers[2]?.name ?? "");
    expect(softmax?.meanAbs).toBeCloseTo(1 / 3, 6);
  });

  it("hold only the histograms asked for", async () => {
    const step = stepOf((models.mlp as () => tf.LayersModel)(), { histograms: ["weights"] });
    const { statistics } = await step.runSampled(batchFor("mlp"), { learningRate: 0.1, seed: 0 });
    const [gradient] = statistics.gradients.values();
    const [weight] = statistics.weights.values();
    expect(gradient).not.toHaveProperty("histogram");
    expect(weight).toHaveProperty("histogram");
  });
});

describe("one capture", () => {
  it("serves another training of the same shape, with other numbers", async () => {
    const make = models.cnn as () => tf.LayersModel;
    const batch = batchFor("cnn");
    await train(
      stepOf(make(), { optimizer: adam({ learningRate: 0.5, beta1: 0.5 }), clipNorm: 3 }),
      batch,
      2,
    );
    const count = stepFunctionCount();
    const results = await train(stepOf(make(), { optimizer: adam(), clipNorm: 0.1 }), batch, 3);
    expect(stepFunctionCount()).toBe(count);
    const eager = await train(stepOf(make(), { optimizer: adam(), clipNorm: 0.1, capture: false }), batch, 3);
    expect(results).toEqual(eager);
  });

  it("serves no model that computes something else", async () => {
    const of = (units: number, name: string) =>
      tf.sequential({
        layers: [
          dense({ units, activation: name as "relu", inputShape: [6], kernelInitializer: glorot(1) }),
          dense({ units: 3, kernelInitializer: glorot(2) }),
        ],
      });
    const batch = batchFor("mlp");
    for (const [units, name] of [
      [4, "relu"],
      [5, "relu"],
      [4, "tanh"],
    ] as const) {
      const captured = await train(stepOf(of(units, name)), batch, 2);
      expect(captured).toEqual(await train(stepOf(of(units, name), { capture: false }), batch, 2));
    }
  });

  it("are bounded in number", async () => {
    const batches = Array.from({ length: 60 }, (_, i) => batchFor("mlp", i + 1));
    const step = stepOf((models.mlp as () => tf.LayersModel)());
    for (const batch of batches) await train(step, batch, 1);
    expect(stepFunctionCount()).toBeLessThanOrEqual(48);
    expect((await train(step, batches[0] as Batch, 1))[0]?.loss).toBeGreaterThan(0);
  });
});

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
      expect.stringMatching(/the values of Abs's output cannot be read while a step is captured/),
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
    expect(() => stepOf(model, { clipNorm: 0 })).toThrowError(/clipNorm must be above 0/);
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
    await stepOf(model).evaluate(batch);
    steps.pop()?.dispose();
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
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const start = performance.now();
    await step.run(batch, { learningRate: 0.1, seed: 0 });
    const milliseconds = performance.now() - start;
    clearInterval(timer);
    // Captures are traced on this thread, so the first step gets some rest.
    expect(milliseconds).toBeGreaterThan(20);
    expect(ticks).toBeGreaterThan(milliseconds / 40);
  }
});
