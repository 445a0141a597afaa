import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import * as optim from "../../../../src/optim/index.js";
import type { StepResult } from "../../../../src/train/seams.js";
import { stepKey } from "../../../../src/train/step/stepKey.js";
import { stepPlan } from "../../../../src/train/step/stepPlan.js";
import { batchFor, models, stepOf, train, weightsOf } from "./exampleSteps.js";

const { adam, adamw, ema, lookahead, sam, sgd } = optim;

/** Each with numbers that no default has. */
const pairs: Record<string, [optim.Optimizer, optim.Optimizer]> = {
  nadam: [optim.nadam(), optim.nadam({ beta1: 0.8, momentumDecay: 0.01, epsilon: 1e-4 })],
  radam: [optim.radam(), optim.radam({ beta1: 0.8, beta2: 0.95 })],
  adamax: [optim.adamax(), optim.adamax({ beta2: 0.9 })],
  rmsprop: [optim.rmsprop({ momentum: 0.9 }), optim.rmsprop({ momentum: 0.5, alpha: 0.8 })],
  "rmsprop centered": [optim.rmsprop({ centered: true }), optim.rmsprop({ centered: true, epsilon: 1e-3 })],
  adagrad: [optim.adagrad(), optim.adagrad({ rateDecay: 0.5, initialAccumulator: 0.1 })],
  adadelta: [optim.adadelta(), optim.adadelta({ rho: 0.5, epsilon: 1e-3 })],
  adafactor: [optim.adafactor(), optim.adafactor({ beta2Decay: -0.5, clipThreshold: 2 })],
  lamb: [optim.lamb({ weightDecay: 0.1 }), optim.lamb({ weightDecay: 0.01, beta1: 0.5 })],
  lars: [optim.lars(), optim.lars({ momentum: 0.5, trustCoefficient: 0.1 })],
  lion: [optim.lion(), optim.lion({ beta1: 0.5, weightDecay: 0.1 })],
  "adamw of kernels": [
    adamw({ decayOn: "kernels" }),
    adamw({ weightDecay: 0.3, beta1: 0.5, decayOn: ({ shape }) => shape.length > 1 }),
  ],
  lookahead: [lookahead(adam()), lookahead(adam({ beta1: 0.5 }), { steps: 2, alpha: 0.7 })],
  sam: [sam(sgd()), sam(sgd(), { rho: 0.5 })],
  "all wrapped": [ema(lookahead(sam(adam()))), ema(lookahead(sam(adam()), { steps: 2 }), { decay: 0.5 })],
};

const keyOf = (model: tf.LayersModel, optimizer: optim.Optimizer) =>
  stepKey(stepPlan(model, { loss: "crossEntropy", optimizer }), "one");

describe.each(Object.keys(pairs))("%s", (name) => {
  const [first, other] = pairs[name] as [optim.Optimizer, optim.Optimizer];

  it.each(["mlp with dropout and penalties", "cnn with batch norm"])(
    "captured equals eager to the last digit, and one capture serves other numbers: %s",
    async (kind) => {
      const make = models[kind] as () => tf.LayersModel;
      const batch = batchFor(kind);
      await train(stepOf(make(), { optimizer: first }), batch, 1);
      expect(keyOf(make(), other)).toBe(keyOf(make(), first));
      const runs = [true, false].map(async (capture) => {
        const model = make();
        const step = stepOf(model, { optimizer: other, capture });
        const results: StepResult[] = await train(step, batch, 4);
        const evaluated = await step.evaluate(batch);
        expect(step.eagerReasons.length === 0).toBe(capture);
        step.pull();
        return { results, evaluated, weights: weightsOf(model) };
      });
      const [captured, eager] = await Promise.all(runs);
      expect(captured).toEqual(eager);
    },
  );
});

const mlp = models.mlp as () => tf.LayersModel;

it("validation and the model have the averages, training the weights themselves", async () => {
  const batch = batchFor("mlp");
  const trained = mlp();
  const plain = stepOf(trained, { optimizer: adam() });
  const averaged = mlp();
  const step = stepOf(averaged, { optimizer: ema(adam(), { decay: 0.5, rampUp: false }) });
  let expected = weightsOf(trained).map((values) => values.map(() => 0));
  for (let i = 0; i < 4; i++) {
    expect(await train(step, batch, 1, i)).toEqual(await train(plain, batch, 1, i));
    plain.pull();
    const now = weightsOf(trained);
    expected = now.map((values, w) =>
      values.map((value, k) => (i === 0 ? value : 0.5 * value + 0.5 * (expected[w]?.[k] as number))),
    );
  }
  step.pull();
  weightsOf(averaged).forEach((values, w) => {
    values.forEach((value, k) => {
      expect(Math.abs(value - (expected[w]?.[k] as number))).toBeLessThan(1e-6);
    });
  });
  const alone = stepOf(averaged, { optimizer: sgd() });
  expect(await step.evaluate(batch)).toEqual(await alone.evaluate(batch));
  expect((await step.evaluate(batch)).loss).not.toBe((await plain.evaluate(batch)).loss);
});

it("sam trains with the gradient from where it climbed to, and measures before it climbs", async () => {
  const batch = batchFor("cnn with batch norm");
  const make = models["cnn with batch norm"] as () => tf.LayersModel;
  const rho = 0.5;
  const climbing = make();
  const rate = { learningRate: 0.1, seed: 0 };
  const step = stepOf(climbing, { optimizer: sam(sgd(), { rho }) });
  const { loss, statistics } = await step.runSampled(batch, rate);
  step.pull();

  // The same by two plain steps: up by rho along the first one's gradient, then down by the second one's.
  const first = make();
  const before = weightsOf(first);
  const plain = stepOf(first, { optimizer: sgd() });
  const there = await plain.runSampled(batch, rate);
  plain.pull();
  const second = make();
  const up = before.map((values, w) =>
    values.map((value, k) => {
      const gradient = (value - (weightsOf(first)[w]?.[k] as number)) / 0.1;
      return value + (gradient * rho) / there.statistics.gradientNorm;
    }),
  );
  const trainable = new Set(second.trainableWeights.map(({ name }) => name));
  second.setWeights(
    second.weights.map(({ name, shape }, w) =>
      tf.tensor((trainable.has(name) ? up[w] : before[w]) as number[], shape as number[]),
    ),
  );
  const descent = stepOf(second, { optimizer: sgd() });
  const elsewhere = await descent.runSampled(batch, rate);
  descent.pull();

  expect(loss).toBe(there.loss);
  expect(statistics.gradientNorm).toBeCloseTo(elsewhere.statistics.gradientNorm, 4);
  const [climbed, onlyFirst] = [weightsOf(climbing), weightsOf(first)];
  weightsOf(second).forEach((values, w) => {
    const isTrained = trainable.has(second.weights[w]?.name ?? "");
    values.forEach((value, k) => {
      // Batch norm's averages are those of the first pass.
      const wanted = isTrained
        ? (before[w]?.[k] as number) + value - (up[w]?.[k] as number)
        : (onlyFirst[w]?.[k] as number);
      expect(climbed[w]?.[k]).toBeCloseTo(wanted, 5);
    });
  });
});

it("masks that choose the same weights share a capture, others do not", () => {
  const key = (decayOn: optim.WeightSelection) => keyOf(mlp(), adamw({ decayOn }));
  expect(key(({ shape }) => shape.length >= 2)).toBe(key("kernels"));
  expect(key({ except: ["bias"] })).toBe(key("kernels"));
  expect(key("all")).not.toBe(key("kernels"));
});

it("a mask with a name that the model has not is refused before anything runs", () => {
  expect(() => stepOf(mlp(), { optimizer: adamw({ decayOn: { except: ["biases"] } }) })).toThrowError(
    /^adamw needs names of the model's own layers or weights \(.*\/kernel, .*\); it was given "biases"$/,
  );
});

it("a weight that is trained anew starts with new slots, averages among them", async () => {
  const batch = batchFor("mlp");
  const model = mlp();
  const step = stepOf(model, { optimizer: ema(optim.adafactor()) });
  await train(step, batch, 2);
  const [layer] = model.layers as [tf.layers.Layer];
  layer.trainable = false;
  step.refresh();
  await train(step, batch, 2, 2);
  layer.trainable = true;
  step.refresh();
  expect((await train(step, batch, 2, 4)).every(({ loss }) => Number.isFinite(loss))).toBe(true);
  expect(step.eagerReasons).toEqual([]);
});
