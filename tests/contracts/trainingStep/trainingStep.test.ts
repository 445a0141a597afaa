/** What every TrainingStep guarantees (src/train/seams.ts), run over the captured and the eager one. */
import { describe, expect, it } from "vitest";
import { cnn, mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { adam } from "../../../src/optim/index.js";
import type { Batch } from "../../../src/train/batch.js";
import { type CapturedStepOptions, createCapturedStep } from "../../../src/train/capturedStep.js";
import type { TrainingStep } from "../../../src/train/seams.js";

const options: CapturedStepOptions = {
  loss: "crossEntropy",
  optimizer: adam({ learningRate: 0.05 }),
  clipNorm: 5,
};
const kinds = { captured: true, eager: false };

/** Sixteen images of 6 × 6 in two classes; `weighted` gives each sample a weight. */
function batch(seed: number, { size = 16, weighted = false } = {}): Batch {
  // TensorFlow.js takes a seed of 0 for none.
  const x = tf.randomNormal([size, 6, 6, 1], 0, 1, "float32", seed + 1);
  const y = tf.tidy(() => tf.cast(tf.greater(tf.mean(tf.reshape(x, [size, -1]), 1), 0), "int32"));
  const weights = weighted ? { weights: tf.randomUniform([size], 0.5, 2, "float32", seed + 1) } : {};
  return { x, y, ...weights };
}

const nets = {
  "dense with dropout and L2": () =>
    mlp({ inputShape: [6, 6, 1], hidden: [8], classes: 2, dropout: 0.3, l2: 0.01, seed: 1 }),
  "convolution with batch normalisation": () =>
    cnn({ inputShape: [6, 6, 1], filters: [4], classes: 2, batchNorm: true, seed: 1 }),
};

const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
const at = (seed: number) => ({ learningRate: 0.05, seed });

/** Twelve steps on batches of two sizes. */
async function steps(step: TrainingStep<Batch>, seed = 1): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const fed = batch(i, { size: i % 4 === 3 ? 5 : 16 });
    losses.push((await step.run(fed, at(seed + i))).loss);
    tf.dispose([fed.x, fed.y]);
  }
  return losses;
}

describe.each(Object.entries(nets))("%s", (_, make) => {
  describe.each(Object.entries(kinds))("%s", (_, capture) => {
    const create = (model: tf.LayersModel) => createCapturedStep(model, { ...options, capture });

    it("says how it runs", async () => {
      const step = create(make());
      await step.run(batch(0), at(0));
      expect(step.eagerReasons.length === 0).toBe(capture);
      step.dispose();
    });

    it("gives the same numbers for the same inputs, and leaves the weights in the model", async () => {
      const once = async () => {
        const model = make();
        const step = create(model);
        const losses = await steps(step);
        step.dispose();
        return { losses, weights: weightsOf(model) };
      };
      const first = await once();
      expect(await once()).toEqual(first);
      expect(first.weights).not.toEqual(weightsOf(make()));
    });

    it("learns", async () => {
      const step = create(make());
      const fed = batch(3);
      const before = (await step.evaluate(fed)).loss;
      for (let i = 0; i < 30; i++) await step.run(fed, at(i));
      expect((await step.evaluate(fed)).loss).toBeLessThan(0.6 * before);
      step.dispose();
    });

    it("measures a sampled step without changing it", async () => {
      const [plain, sampled] = [make(), make()];
      const [plainStep, sampledStep] = [create(plain), create(sampled)];
      for (let i = 0; i < 3; i++) {
        const fed = batch(i);
        const { statistics, ...result } = await sampledStep.runSampled(fed, at(i));
        expect(result).toEqual(await plainStep.run(fed, at(i)));
        const names = [...statistics.gradients.keys()];
        expect([...statistics.weights.keys()]).toEqual(names);
        const squares = [...statistics.gradients.values()].map(({ l2 }) => l2 ** 2);
        expect(statistics.gradientNorm).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b)), 5);
      }
      plainStep.dispose();
      sampledStep.dispose();
      expect(weightsOf(sampled)).toEqual(weightsOf(plain));
    });

    it("takes several steps in one call as one by one", async () => {
      const [one, several] = [make(), make()];
      const [oneStep, severalStep] = [create(one), create(several)];
      const all = batch(5, { size: 64, weighted: true });
      const rows = Int32Array.from({ length: 48 }, (_, i) => (i * 29) % 64);
      const places = [at(4), { learningRate: 0.01, seed: 9 }, at(6)];
      const expected: unknown[] = [];
      for (const [i, place] of places.entries()) {
        const some = tf.tensor1d(rows.slice(16 * i, 16 * i + 16), "int32");
        const of = (tensor: tf.Tensor) => tf.gather(tensor, some);
        const fed = { x: of(all.x), y: of(all.y), weights: of(all.weights as tf.Tensor) };
        expected.push(await oneStep.run(fed, place));
      }
      expect(await severalStep.runSteps(all, rows, places)).toEqual(expected);
      expect(severalStep.save()).toEqual(oneStep.save());
      oneStep.dispose();
      severalStep.dispose();
      expect(weightsOf(several)).toEqual(weightsOf(one));
    });

    it("evaluates without changing anything, as the model predicts", async () => {
      const model = make();
      const step = create(model);
      await step.run(batch(0), at(0));
      step.pull();
      const weights = weightsOf(model);
      const fed = batch(9);
      const first = await step.evaluate(fed);
      expect(await step.evaluate(fed)).toEqual(first);
      step.pull();
      expect(weightsOf(model)).toEqual(weights);
      const right = tf.tidy(() => {
        const said = tf.argMax(model.predict(fed.x) as tf.Tensor, -1);
        return tf.mean(tf.cast(tf.equal(said, fed.y), "float32")).dataSync()[0] as number;
      });
      expect(first.metrics.accuracy).toBeCloseTo(right, 6);
      step.dispose();
    });

    it("pulls a snapshot that later steps do not touch", async () => {
      const model = make();
      const step = create(model);
      await step.run(batch(0), at(0));
      step.pull();
      const snapshot = model.getWeights().map((weight) => weight.clone());
      const values = snapshot.map((weight) => [...weight.dataSync()]);
      await step.run(batch(1), at(1));
      expect(weightsOf(model)).toEqual(values);
      step.dispose();
      expect(snapshot.map((weight) => [...weight.dataSync()])).toEqual(values);
      expect(weightsOf(model)).not.toEqual(values);
    });

    it("weighs samples: a weight of 0 leaves a sample out", async () => {
      const [a, b] = [make(), make()];
      const [stepA, stepB] = [create(a), create(b)];
      const whole = batch(2, { weighted: true });
      const zero = { ...whole, weights: tf.zeros([16]) };
      const penalty = (await stepA.run(zero, at(1))).loss;
      const free = make();
      const regularisation = free
        .calculateLosses()
        .reduce((sum, loss) => sum + (loss.dataSync()[0] as number), 0);
      expect(penalty).toBeCloseTo(regularisation, 5);
      expect((await stepB.run(whole, at(1))).loss).toBeGreaterThan(penalty);
      stepA.dispose();
      stepB.dispose();
    });

    it("does not grow with the number of steps, and frees its state", async () => {
      const model = make();
      const before = tf.memory().numTensors;
      const step = create(model);
      await steps(step);
      await step.runSampled(batch(0), at(0));
      const after = tf.memory().numTensors;
      for (let i = 0; i < 3; i++) await steps(step);
      expect(tf.memory().numTensors).toBe(after);
      step.dispose();
      step.dispose();
      expect(tf.memory().numTensors - before).toBeLessThanOrEqual(2); // the batch above
      await expect(step.run(batch(0), at(0))).rejects.toThrow();
    });
  });

  it("gives the same numbers captured and eager, but for rounding", async () => {
    const curve = async (capture: boolean) => {
      const step = createCapturedStep(make(), { ...options, capture });
      const losses = await steps(step);
      step.dispose();
      return losses;
    };
    const eager = await curve(false);
    (await curve(true)).forEach((loss, i) => {
      expect(Math.abs(loss - (eager[i] as number))).toBeLessThan(1e-4);
    });
  });
});
