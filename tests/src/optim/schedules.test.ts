import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schedules } from "../../../src/optim/index.js";
import type { Schedule } from "../../../src/optim/schedules/schedule.js";

/** PyTorch's schedulers over 40 epochs: tests/oracles/optim/schedules.py. */
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/optim/schedules.json", import.meta.url), "utf8"),
) as Record<string, number[]>;

const byEpoch: Record<string, Schedule> = {
  step: schedules.step({ epochs: 7, factor: 0.3 }),
  exponential: schedules.exponential({ epochs: 1, factor: 0.9 }),
  cosine: schedules.cosine({ epochs: 39, minFactor: 0.05 }),
  warmUp: schedules.warmUp({ epochs: 5, from: 0.1, followedBy: schedules.cosine({ epochs: 35 }) }),
};
const bySteps: Record<string, Schedule> = {
  step: schedules.step({ steps: 7, factor: 0.3 }),
  exponential: schedules.exponential({ steps: 1, factor: 0.9 }),
  cosine: schedules.cosine({ steps: 39, minFactor: 0.05 }),
  warmUp: schedules.warmUp({ steps: 5, from: 0.1, followedBy: schedules.cosine({ steps: 35 }) }),
};

describe.each(Object.keys(byEpoch))("%s is PyTorch's", (name) => {
  const expected = oracle[name] as number[];

  it("by epoch, whatever the step", () => {
    expected.forEach((factor, epoch) => {
      for (const step of [epoch * 10, epoch * 10 + 9])
        expect(byEpoch[name]?.factor({ epoch, step, stepsPerEpoch: 10 })).toBeCloseTo(factor, 12);
    });
  });

  it("by step, whatever the epoch", () => {
    expected.forEach((factor, step) => {
      expect(bySteps[name]?.factor({ epoch: Math.floor(step / 3), step, stepsPerEpoch: 3 })).toBeCloseTo(
        factor,
        12,
      );
    });
  });
});

it("constant is 1, cosine stays at its end, warm-up without a follower stays at 1", () => {
  const late = { epoch: 1000, step: 100_000, stepsPerEpoch: 100 };
  expect(schedules.constant().factor(late)).toBe(1);
  expect(schedules.cosine({ epochs: 5 }).factor(late)).toBe(0);
  expect(schedules.warmUp({ steps: 5 }).factor(late)).toBe(1);
  expect(schedules.warmUp({ steps: 4 }).factor({ epoch: 0, step: 1, stepsPerEpoch: 10 })).toBe(0.25);
});

it("a warm-up in epochs counts the steps of its follower from its end", () => {
  const schedule = schedules.warmUp({ epochs: 2, followedBy: schedules.step({ steps: 10, factor: 0.5 }) });
  expect(schedule.factor({ epoch: 2, step: 20, stepsPerEpoch: 10 })).toBe(1);
  expect(schedule.factor({ epoch: 3, step: 30, stepsPerEpoch: 10 })).toBe(0.5);
});

it("a length has exactly one unit and is a whole number", () => {
  expect(() => schedules.cosine({} as never)).toThrowError(/either epochs or steps, but was given neither/);
  expect(() => schedules.cosine({ epochs: 1, min: 0.1 } as never)).toThrowError(
    /schedules.cosine needs options it knows .* given "min", the nearest is "minFactor"/,
  );
  expect(() => schedules.cosine({ epochs: 1, steps: 1 } as never)).toThrowError(TypeError);
  expect(() => schedules.step({ epochs: 0 })).toThrowError(RangeError);
  expect(() => schedules.step({ epochs: 1.5 })).toThrowError(/whole number, but is 1.5/);
  expect(() => schedules.exponential({ epochs: 1, factor: -1 })).toThrowError(/factor/);
});

it("says what it is", () => {
  expect(byEpoch.warmUp?.name).toBe("warm-up over 5 epochs, then cosine over 35 epochs");
  expect(schedules.step({ steps: 1 }).name).toBe("×0.1 every 1 step");
});
