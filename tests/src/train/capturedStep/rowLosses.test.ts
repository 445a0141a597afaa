import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { losses } from "../../../../src/train/loss.js";
import { ownLoss } from "../../../../src/train/ownLoss.js";
import type { StepResult } from "../../../../src/train/seams.js";
import { batchFor, models, stepOf, train } from "./exampleSteps.js";

type Name = "mlp" | "cnn with batch norm" | "mlp with dropout and penalties";
const make = (name: Name) => (models[name] as () => tf.LayersModel)();
const means = ({ loss, metrics, totals }: StepResult) => ({ loss, metrics, totals });

describe("the losses of a step's samples", () => {
  it.each<Name>(["mlp", "cnn with batch norm", "mlp with dropout and penalties"])(
    "change no digit of the step: %s",
    async (name) => {
      const batch = batchFor(name);
      const plain = await train(stepOf(make(name)), batch, 4);
      for (const capture of [true, false]) {
        const rows = await train(stepOf(make(name), { rowLosses: true, capture }), batch, 4);
        expect(rows.map(means)).toEqual(plain);
      }
    },
  );

  it("have the step's loss as their mean, and the answers its accuracy", async () => {
    const batch = batchFor("mlp");
    const labels = await batch.y.data();
    for (const result of await train(stepOf(make("mlp"), { rowLosses: true }), batch, 3)) {
      const { rowLosses = new Float32Array(), rowAnswers = new Float32Array(), loss, metrics } = result;
      expect(rowLosses.length).toBe(labels.length);
      const mean = rowLosses.reduce((sum, value) => sum + value, 0) / rowLosses.length;
      expect(Math.abs(mean - loss)).toBeLessThan(1e-6);
      const right = rowAnswers.filter((answer, i) => answer === labels[i]).length;
      expect(right / labels.length).toBe(metrics.accuracy);
    }
  });

  it("are given by measured steps and by several in a call", async () => {
    const batch = batchFor("mlp");
    const [alone] = await train(stepOf(make("mlp"), { rowLosses: true }), batch, 1);
    const options = { learningRate: 0.01, seed: 0 };
    const measured = await stepOf(make("mlp"), { rowLosses: true }).runSampled(batch, options);
    expect(measured.rowLosses).toEqual(alone?.rowLosses);
    const n = batch.x.shape[0] as number;
    const order = Int32Array.from({ length: 2 * n }, (_, i) => i % n);
    const several = await stepOf(make("mlp"), { rowLosses: true }).runSteps(batch, order, [options, options]);
    expect(several[0]?.rowLosses).toEqual(alone?.rowLosses);
    expect(several[1]?.rowAnswers?.length).toBe(n);
  });

  it("are none of a part of a step, of validation, of a loss of the whole batch, and where nobody asks", async () => {
    const batch = batchFor("mlp");
    const step = stepOf(make("mlp"), { rowLosses: true });
    expect((await step.evaluate(batch)).rowLosses).toBeUndefined();
    expect((await step.add(batch, { share: 1, seed: 0 })).rowLosses).toBeUndefined();
    const whole = ownLoss(
      (target, output) => tf.mean(tf.squaredDifference(target, output)),
      losses.crossEntropy,
    );
    const [of] = await train(stepOf(make("mlp"), { rowLosses: true, loss: whole }), batch, 1);
    expect(of?.rowLosses).toBeUndefined();
    const [unasked] = await train(stepOf(make("mlp")), batch, 1);
    expect(unasked?.rowLosses).toBeUndefined();
  });
});
