import { describe, expect, it } from "vitest";
import type { tf } from "../../../../src/native/index.js";
import type { Optimizer } from "../../../../src/optim/index.js";
import type { StepResult } from "../../../../src/train/seams.js";
import { batchFor, models, optimizers, stepOf, train, weightsOf } from "./exampleSteps.js";

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
