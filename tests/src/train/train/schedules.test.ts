import { expect, it } from "vitest";
import { type Schedule, schedules, sgd } from "../../../../src/optim/index.js";
import { trainOnce } from "../trainOnce.js";
import { noisy, small } from "./exampleTraining.js";

it("follows a schedule, step by step", async () => {
  const options = {
    optimizer: sgd({ learningRate: 0.5 }),
    schedule: schedules.exponential({ steps: 7, factor: 0.5 }),
  };
  const { scalars, history } = await trainOnce(small(), noisy, { epochs: 2, batchSize: 16, ...options });
  const rates = scalars.get("train/learningRate");
  for (const step of [0, 1, 7, 13]) expect(rates?.get(step)).toBeCloseTo(0.5 * 0.5 ** (step / 7), 12);
  expect(history.learningRate).toEqual([rates?.get(6), rates?.get(13)]);
});

it("lowers the rate on a plateau of what its epochs measured, in each training anew", async () => {
  const schedule = schedules.reduceOnPlateau({
    monitor: "accuracy",
    factor: 0.5,
    patience: 0,
    threshold: 10,
  });
  const rates = async () => {
    const options = { optimizer: sgd({ learningRate: 0.5 }), schedule, epochs: 4, batchSize: 16 };
    return (await trainOnce(small(), noisy, options)).history.learningRate;
  };
  // The first accuracy is better than none; no later one is ten times as good.
  expect(await rates()).toEqual([0.5, 0.5, 0.25, 0.125]);
  expect(await rates()).toEqual([0.5, 0.5, 0.25, 0.125]);
});

it("gives the step a schedule's momentum, and its own rates whatever the optimiser's", async () => {
  const momentum = { least: 0.2, most: 0.9 };
  const train = async (learningRate: number, schedule: Schedule) => {
    const options = { optimizer: sgd({ learningRate, momentum: 0.5 }), schedule, epochs: 2, batchSize: 16 };
    return (await trainOnce(small(), noisy, options)).losses;
  };
  const cycle = { epochs: 2, every: "step", maxLr: 0.1 } as const;
  const cycled = await train(1, schedules.oneCycle({ ...cycle, momentum }));
  expect(await train(0.01, schedules.oneCycle({ ...cycle, momentum }))).toEqual(
    cycled.map((loss) => expect.closeTo(loss, 5)),
  );
  expect(await train(1, schedules.oneCycle(cycle))).not.toEqual(cycled);
});

it("refuses a schedule's factor that is no number", async () => {
  const schedule = { name: "broken", factor: ({ step }: { step: number }) => (step < 3 ? 1 : Number.NaN) };
  await expect(trainOnce(small(), noisy, { epochs: 2, batchSize: 16, schedule })).rejects.toThrow(
    'fit needs a schedule whose factors are at least 0 and finite; "broken" gave NaN at step 3',
  );
});
