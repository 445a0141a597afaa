/** Optimisers of a person's own, whose functions change while their names stay. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { ema, type Optimizer, sgd } from "../../../src/optim/index.js";
import { stage } from "./trainingScene.js";

stage();

const x = Array.from({ length: 64 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const points = arrays({ x, y: x.map(([a = 0, b = 0]) => [a - b]) });
const mine = (sign: number): Optimizer => ({
  name: "mine",
  structure: "mine",
  settings: {},
  learningRate: 0.1,
  transform: {
    init: () => ({}),
    update: ({ gradient, scalars }) => ({
      gradient: tf.mul(tf.mul(gradient, scalars.learningRate as tf.Scalar), sign),
      slots: {},
    }),
  },
  scalars: (_step, rate) => ({ learningRate: rate }),
});

const train = async (optimizer: Optimizer) => {
  const layers = [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "zeros" })];
  const run = await fitModel(tf.sequential({ layers }), points, {
    optimizer,
    loss: "meanSquaredError",
    epochs: 3,
    batchSize: 16,
    progress: false,
    track: false,
  });
  return { losses: run.history.loss as number[], captures: run.captures.length };
};

it("one that was edited trains by what it is now, also where another wraps it", async () => {
  const { losses: expected } = await train(sgd({ learningRate: 0.1 }));
  const { losses: down } = await train(mine(-1));
  down.forEach((loss, i) => void expect(loss).toBeCloseTo(expected[i] as number, 6));
  const up = await train(mine(1));
  expect(up.captures).toBeGreaterThan(0);
  expect(up.losses[2]).toBeGreaterThan(up.losses[0] as number);
  for (const [sign, isLess] of [
    [-1, true],
    [1, false],
  ] as const) {
    const { losses } = await train(ema(mine(sign)));
    expect((losses[2] as number) < (losses[0] as number)).toBe(isLess);
  }
});

it("trainings with the library's share their captures", async () => {
  await train(sgd({ learningRate: 0.2 }));
  expect((await train(sgd({ learningRate: 0.3 }))).captures).toBe(0);
});
