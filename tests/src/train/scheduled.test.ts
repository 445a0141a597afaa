import { expect, test } from "vitest";
import { schedules } from "../../../src/optim/index.js";
import { Scheduled } from "../../../src/train/scheduled.js";

const plan = { learningRate: 0.1, stepsPerEpoch: 10 };

test("gives the base rate times the factor, epochs counted from 1", () => {
  const of = new Scheduled({ ...plan, schedule: schedules.step({ epochs: 1, factor: 0.5 }) });
  expect(of.optionsAt({ step: 9, epoch: 1 })).toEqual({ learningRate: 0.1 });
  expect(of.optionsAt({ step: 10, epoch: 2 })).toEqual({ learningRate: 0.05 });
  expect(of.state).toBeUndefined();
});

test("learns for one training only, and goes on from a state", () => {
  const schedule = schedules.reduceOnPlateau({ monitor: "loss", patience: 0, factor: 0.5 });
  const first = new Scheduled({ ...plan, schedule });
  for (const epoch of [1, 2]) first.observe({ loss: 1 }, { step: 10 * epoch - 1, epoch });
  const at = { step: 20, epoch: 3 };
  expect(first.optionsAt(at).learningRate).toBe(0.05);
  const second = new Scheduled({ ...plan, schedule });
  expect(second.optionsAt(at).learningRate).toBe(0.1);
  second.restore(first.state);
  expect(second.optionsAt(at).learningRate).toBe(0.05);
});

test("refuses a factor that is no rate", () => {
  const of = new Scheduled({ ...plan, schedule: { name: "mine", factor: () => -1 } });
  expect(() => of.optionsAt({ step: 4, epoch: 1 })).toThrow(/"mine" gave -1 at step 4/);
});
