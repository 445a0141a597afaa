/** Batches whose gradients are added up make the update of one large batch. */
import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { cnn, mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { adam, adamw, ema, type Optimizer, schedules, sgd } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { trainOnce } from "./trainOnce.js";

const size = 70;
const data = arrays({
  x: Array.from({ length: size }, (_, i) =>
    Array.from({ length: 36 }, (__, k) => Math.sin(i * 1.3 + k * (1 + (i % 3)))),
  ),
  y: Array.from({ length: size }, (_, i) => i % 3),
  inputShape: [6, 6, 1],
});
const nets: Record<string, () => tf.LayersModel> = {
  dense: () => mlp({ inputShape: [6, 6, 1], hidden: [9], classes: 3, activation: "tanh", l2: 0.01, seed: 1 }),
  convolution: () => cnn({ inputShape: [6, 6, 1], filters: [4], classes: 3, seed: 1 }),
};
const optimizers: Record<string, Optimizer> = {
  sgd: sgd({ learningRate: 0.05, momentum: 0.9 }),
  adamw: adamw({ learningRate: 1e-3, weightDecay: 0.1 }),
  "averaged adam": ema(adam({ learningRate: 1e-3 }), { decay: 0.9 }),
};

describe.each(Object.keys(nets))("%s", (net) => {
  it.each(Object.keys(optimizers))(
    "%s: 4 × 5 samples train as 20, and so does what is left",
    async (name) => {
      const options: FitOptions = {
        optimizer: optimizers[name] as Optimizer,
        schedule: schedules.exponential({ steps: 2, factor: 0.9 }),
        epochs: 3,
        clipNorm: 0.5,
        classWeights: { 0: 0.5, 2: 2 },
        seed: 3,
        track: { sampleEvery: 3 },
      };
      const make = nets[net] as () => tf.LayersModel;
      const large = await trainOnce(make(), data, { ...options, batchSize: 20 });
      const small = await trainOnce(make(), data, { ...options, batchSize: 5, accumulate: 4 });
      expect(small.eagerReasons).toEqual([]);
      expect(small.steps).toBe(large.steps);
      const near = (a: readonly number[], b: readonly number[], within: number) => {
        expect(a).toHaveLength(b.length);
        a.forEach((value, i) => {
          expect(Math.abs(value - (b[i] as number))).toBeLessThanOrEqual(within);
        });
      };
      near(small.weights.flat(), large.weights.flat(), 1e-6);
      for (const [tag, series] of large.scalars) {
        expect([...(small.scalars.get(tag)?.keys() ?? [])], tag).toEqual([...series.keys()]);
        // Of the layers' outputs, the last part is measured; a ratio's divisor may be tiny.
        if (/^activation|Zero|updateRatio/.test(tag)) continue;
        near([...(small.scalars.get(tag)?.values() ?? [])], [...series.values()], 3e-5);
      }
      expect([...small.histograms.keys()].sort()).toEqual([...large.histograms.keys()].sort());
    },
  );
});

it("adds up the same numbers captured and eagerly", async () => {
  const make = () => mlp({ inputShape: [6, 6, 1], hidden: [9], classes: 3, dropout: 0.3, seed: 1 });
  const options: FitOptions = { epochs: 2, batchSize: 8, accumulate: 3, seed: 5, track: { sampleEvery: 2 } };
  const captured = await trainOnce(make(), data, options);
  const eager = await trainOnce(make(), data, options, { capture: false });
  expect(eager.eagerReasons).not.toEqual([]);
  expect(eager.weights).toEqual(captured.weights);
  // Softmax outputs that are measured alone differ in the last digits.
  const rest = ({ scalars }: typeof eager) =>
    [...scalars].filter(([tag]) => tag !== "activationMeanAbs/output");
  expect(rest(eager)).toEqual(rest(captured));
  // Each part has noise of its own: with the same noise for all, another seed for the parts would change nothing.
  const other = await trainOnce(make(), data, { ...options, seed: 6, shuffle: false });
  const again = await trainOnce(make(), data, { ...options, seed: 7, shuffle: false });
  expect(other.weights).not.toEqual(again.weights);
});

it("keeps its memory", async () => {
  const make = () => mlp({ inputShape: [6, 6, 1], hidden: [9], classes: 3, seed: 1 });
  const run = () => trainOnce(make(), data, { epochs: 2, batchSize: 8, accumulate: 3 });
  await run();
  const before = tf.memory().numTensors;
  const { weights } = await run();
  // The new model's own weights.
  expect(tf.memory().numTensors - before).toBeLessThanOrEqual(weights.length);
});
