import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { losses } from "../../../../src/train/loss.js";
import { ownLoss } from "../../../../src/train/ownLoss.js";
import type { StepResult } from "../../../../src/train/seams.js";
import { batchFor, models, stepOf, train } from "./exampleSteps.js";

type Name = "mlp" | "cnn with batch norm" | "mlp with dropout and penalties";
const make = (name: Name) => (models[name] as () => tf.LayersModel)();
/** What a step told of so many samples. */
function samplesOf({ rows }: StepResult, count: number) {
  if (!rows) throw new Error("the step told nothing of its samples");
  const numbers = [...rows.values.subarray(rows.from, rows.from + 2 * count)];
  return { lost: numbers.slice(0, count), said: numbers.slice(count) };
}

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
    const step = stepOf(make("mlp"), { rowLosses: true });
    for (let seed = 0; seed < 3; seed++) {
      const result = await step.run(batch, { learningRate: 0.01, seed });
      const { lost, said } = samplesOf(result, labels.length);
      const mean = lost.reduce((sum, value) => sum + value, 0) / lost.length;
      expect(Math.abs(mean - result.loss)).toBeLessThan(1e-6);
      const right = said.filter((answer, i) => answer === labels[i]).length;
      expect(right / labels.length).toBe(result.metrics.accuracy);
    }
  });

  it("are given by measured steps, by several in a call, and by these taken one by one", async () => {
    const batch = batchFor("mlp");
    const n = batch.x.shape[0] as number;
    const options = { learningRate: 0.01, seed: 0 };
    const step = stepOf(make("mlp"), { rowLosses: true });
    const first = samplesOf(await step.run(batch, options), n);
    const second = samplesOf(await step.run(batch, options), n);
    expect(second.lost).not.toEqual(first.lost);
    const measured = await stepOf(make("mlp"), { rowLosses: true }).runSampled(batch, options);
    expect(samplesOf(measured, n)).toEqual(first);
    const order = Int32Array.from({ length: 2 * n }, (_, i) => i % n);
    for (const capture of [true, false]) {
      const several = stepOf(make("mlp"), { rowLosses: true, capture });
      const results = await several.runSteps(batch, order, [options, options]);
      expect(results.map((result) => samplesOf(result, n))).toEqual([first, second]);
    }
  });

  it("hold until the next call; the step's own numbers are for good, also where nobody waits for them", async () => {
    const batch = batchFor("mlp");
    const n = batch.x.shape[0] as number;
    const part = (from: number, count: number) => ({
      x: tf.slice(batch.x, [from], [count]),
      y: tf.slice(batch.y, [from], [count]),
    });
    const batches = [batch, part(0, n - 1), part(1, 2), batch];
    const options = { learningRate: 0, seed: 0 };
    const alone = await Promise.all(batches.map((of) => stepOf(make("mlp")).run(of, options)));
    const step = stepOf(make("mlp"), { rowLosses: true });
    const together = await Promise.all(batches.map((of) => step.run(of, options)));
    expect(together.map(means)).toEqual(alone);
    expect(together.map(({ rows }) => rows?.hasAnswers)).toEqual([true, true, true, true]);
    const [first, , , last] = together as [StepResult, StepResult, StepResult, StepResult];
    expect(first.rows?.values).toBe(last.rows?.values);
    const { lost } = samplesOf(last, n);
    expect(Math.abs(lost.reduce((sum, value) => sum + value, 0) / n - last.loss)).toBeLessThan(1e-6);
  });

  it("are none of a part of a step, of validation, of a loss of the whole batch, and where nobody asks", async () => {
    const batch = batchFor("mlp");
    const step = stepOf(make("mlp"), { rowLosses: true });
    expect((await step.evaluate(batch)).rows).toBeUndefined();
    expect((await step.add(batch, { share: 1, seed: 0 })).rows).toBeUndefined();
    const whole = ownLoss(
      (target, output) => tf.mean(tf.squaredDifference(target, output)),
      losses.crossEntropy,
    );
    const [of] = await train(stepOf(make("mlp"), { rowLosses: true, loss: whole }), batch, 1);
    expect(of?.rows).toBeUndefined();
    const [unasked] = await train(stepOf(make("mlp")), batch, 1);
    expect(unasked?.rows).toBeUndefined();
  });
});
