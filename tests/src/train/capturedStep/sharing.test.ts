import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { adam } from "../../../../src/optim/index.js";
import type { Batch } from "../../../../src/train/batch.js";
import { stepFunctionCount } from "../../../../src/train/step/stepFunctions.js";
import { batchFor, glorot, models, stepOf, train } from "./exampleSteps.js";

const { dense } = tf.layers;

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

  it("serves trainings with other rates of dropout and other noise", async () => {
    const { dropout, spatialDropout1d, gaussianDropout, gaussianNoise, reshape, flatten } = tf.layers;
    const noisy = (rate: number) =>
      tf.sequential({
        layers: [
          gaussianNoise({ stddev: rate, inputShape: [6] }),
          dense({ units: 8, activation: "relu", kernelInitializer: glorot(1) }),
          dropout({ rate }),
          gaussianDropout({ rate }),
          reshape({ targetShape: [2, 4] }),
          spatialDropout1d({ rate }),
          flatten(),
          dense({ units: 3, kernelInitializer: glorot(2) }),
        ],
      });
    const batch = batchFor("mlp");
    const first = await train(stepOf(noisy(0.2)), batch, 3);
    const count = stepFunctionCount();
    const second = await train(stepOf(noisy(0.45)), batch, 3);
    expect(stepFunctionCount()).toBe(count);
    expect(second).not.toEqual(first);
    expect(second).toEqual(await train(stepOf(noisy(0.45), { capture: false }), batch, 3));
    // Nothing is dropped at 0, which is another computation.
    const without = await train(stepOf(noisy(0)), batch, 3);
    expect(stepFunctionCount()).toBe(count + 1);
    expect(without).toEqual(await train(stepOf(noisy(0), { capture: false }), batch, 3));
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
