import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schedules } from "../../../src/optim/index.js";
import type { Schedule } from "../../../src/optim/schedules/schedule.js";

/** PyTorch's schedulers over 40 ticks: tests/oracles/optim/schedules.py. */
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/optim/schedules.json", import.meta.url), "utf8"),
) as { losses: number[]; rates: Record<string, number[]>; momenta: Record<string, number[]> };

type Time = (length: number) => { epochs: number; every?: "step" } | { steps: number };

const {
  cosine,
  cosineRestarts,
  cyclic,
  exponential,
  inverseSqrt,
  joined,
  multiStep,
  oneCycle,
  polynomial,
  reduceOnPlateau,
  step,
  warmUp,
} = schedules;
const cyclicMomentum = { least: 0.8, most: 0.9 };
const ends = { baseLr: 0.1, maxLr: 0.7, momentum: cyclicMomentum };
const oneMomentum = { least: 0.85, most: 0.95 };

/** In units of time `t`. */
const timed: Record<string, (t: Time) => Schedule> = {
  step: (t) => step({ ...t(7), factor: 0.3 }),
  exponential: (t) => exponential({ ...t(1), factor: 0.9 }),
  polynomial: (t) => polynomial({ ...t(30), power: 1.5 }),
  linear: (t) => polynomial(t(25)),
  cosine: (t) => cosine({ ...t(39), minFactor: 0.05 }),
  cosineRestarts: (t) => cosineRestarts({ ...t(9), minFactor: 0.05 }),
  "cosineRestarts growing": (t) => cosineRestarts({ ...t(5), growth: 2 }),
  warmUp: (t) => warmUp({ ...t(5), from: 0.1, followedBy: cosine(t(35)) }),
  joined: (t) =>
    joined(
      [
        { ...t(8), schedule: step({ ...t(3), factor: 0.5 }) },
        { ...t(12), schedule: polynomial({ ...t(15), power: 2 }) },
      ],
      cosineRestarts({ ...t(4), growth: 2, minFactor: 0.1 }),
    ),
  inverseSqrt: (t) => inverseSqrt(t(12)),
  triangular: (t) => cyclic({ ...t(6), ...ends }),
  triangular2: (t) => cyclic({ ...t(5), ...ends, down: 3, mode: "triangular2" }),
  exp_range: (t) => cyclic({ ...t(4), ...ends, down: 7, mode: "exp_range", gamma: 0.95 }),
  oneCycle: (t) => oneCycle({ ...t(40), maxLr: 0.5, momentum: oneMomentum }),
  "oneCycle linear": (t) =>
    oneCycle({
      ...t(40),
      maxLr: 0.5,
      momentum: oneMomentum,
      anneal: "linear",
      rise: 0.25,
      divFactor: 10,
      finalDivFactor: 100,
    }),
  "oneCycle threePhase": (t) =>
    oneCycle({ ...t(40), maxLr: 0.5, momentum: oneMomentum, threePhase: true, rise: 0.4 }),
};

describe.each(Object.keys(timed))("%s is PyTorch's", (name) => {
  const expected = oracle.rates[name] as number[];
  const momenta = oracle.momenta[name];
  const make = timed[name] as (t: Time) => Schedule;
  const near = (actual: number | undefined, wanted: number | undefined) =>
    expect(Math.abs((actual as number) - (wanted as number))).toBeLessThan(1e-12);

  it("by epoch, whatever the step", () => {
    const schedule = make((epochs) => ({ epochs }));
    expected.forEach((rate, epoch) => {
      for (const step of [epoch * 10, epoch * 10 + 9]) {
        const at = { epoch, step, stepsPerEpoch: 10, learningRate: 1 };
        near(schedule.factor(at), rate);
        if (momenta) near(schedule.momentum?.(at), momenta[epoch]);
      }
    });
  });

  it("by step, whatever the epoch", () => {
    const schedule = make((steps) => ({ steps }));
    expected.forEach((rate, step) => {
      const at = { epoch: Math.floor(step / 3), step, stepsPerEpoch: 3, learningRate: 1 };
      near(schedule.factor(at), rate);
      if (momenta) near(schedule.momentum?.(at), momenta[step]);
    });
  });

  it("as a rate of its own or as a factor of the optimiser's", () => {
    const schedule = make((steps) => ({ steps }));
    const at = (learningRate: number) => ({ epoch: 0, step: 11, stepsPerEpoch: 40, learningRate });
    const isAbsolute = momenta !== undefined;
    near(4 * schedule.factor(at(4)), (isAbsolute ? 1 : 4) * (expected[11] as number));
  });
});

it("milestones are PyTorch's", () => {
  for (const schedule of [
    multiStep({ epochs: [3, 11, 30], factor: 0.3 }),
    multiStep({ steps: [3, 11, 30], factor: 0.3 }),
  ])
    oracle.rates.multiStep?.forEach((rate, tick) => {
      expect(schedule.factor({ epoch: tick, step: tick, stepsPerEpoch: 1 })).toBeCloseTo(rate, 12);
    });
});

const plateaus: Record<string, Schedule> = {
  plateau: reduceOnPlateau({ factor: 0.5, patience: 2 }),
  "plateau absolute": reduceOnPlateau({
    factor: 0.2,
    patience: 1,
    threshold: 0.01,
    thresholdMode: "absolute",
    cooldown: 3,
    minFactor: 0.01,
  }),
  "plateau max": reduceOnPlateau({ monitor: "valAccuracy", factor: 0.5, patience: 3, threshold: 0.001 }),
};

/** The factor of each epoch while the epochs' means come in. */
function observed(schedule: Schedule): number[] {
  const own = schedule.begin?.() as Schedule;
  return oracle.losses.map((loss, epoch) => {
    const at = { epoch, step: epoch * 10, stepsPerEpoch: 10 };
    const factor = own.factor(at);
    own.observe?.({ loss: 1, valLoss: loss, valAccuracy: -loss }, { ...at, step: at.step + 9 });
    return factor;
  });
}

it.each(Object.keys(plateaus))("%s is PyTorch's, in each training anew", (name) => {
  const schedule = plateaus[name] as Schedule;
  for (let training = 0; training < 2; training++) {
    const factors = observed(schedule);
    expect(factors.length).toBe(40);
    oracle.rates[name]?.forEach((rate, epoch) => {
      expect(Math.abs((factors[epoch] as number) - rate)).toBeLessThan(1e-12);
    });
  }
  expect(schedule.factor({ epoch: 0, step: 0, stepsPerEpoch: 1 })).toBe(1);
});

it("a plateau after a warm-up counts from the warm-up's end, and watches the loss without validation", () => {
  const schedule = warmUp({
    epochs: 3,
    from: 0.5,
    followedBy: reduceOnPlateau({ factor: 0.5, patience: 0 }),
  });
  const own = schedule.begin?.() as Schedule;
  const factors = Array.from({ length: 6 }, (_, epoch) => {
    const at = { epoch, step: epoch * 10, stepsPerEpoch: 10 };
    const factor = own.factor(at);
    own.observe?.({ loss: 1 }, { ...at, step: at.step + 9 });
    return factor;
  });
  const rise = [3, 4, 5].map((sixths) => sixths / 6);
  factors.forEach((factor, i) => {
    expect(factor).toBeCloseTo([...rise, 1, 1, 0.5][i] as number, 12);
  });
  expect(warmUp({ epochs: 1, followedBy: reduceOnPlateau({ monitor: "loss" }) }).monitors).toEqual(["loss"]);
});

it('lengths in epochs with every: "step" change at every step', () => {
  const at = (step: number) => ({ step, epoch: Math.floor(step / 4), stepsPerEpoch: 4, learningRate: 1 });
  for (const make of Object.values(timed)) {
    const byStep = make((length) => ({ steps: 4 * length }));
    const smooth = make((epochs) => ({ epochs, every: "step" }));
    // Falls of a given number of units cannot be told in another unit.
    if (/triangular2|exp_range/.test(byStep.name) || byStep.name.includes("×0.9 over")) continue;
    for (let step = 0; step < 160; step += 3)
      expect(smooth.factor(at(step))).toBeCloseTo(byStep.factor(at(step)), 10);
  }
});

it("constant is 1, what has an end stays there, warm-up without a follower stays at 1", () => {
  const late = { epoch: 1000, step: 100_000, stepsPerEpoch: 100 };
  expect(schedules.constant().factor(late)).toBe(1);
  expect(cosine({ epochs: 5 }).factor(late)).toBe(0);
  expect(polynomial({ epochs: 5, minFactor: 0.1 }).factor(late)).toBe(0.1);
  expect(oneCycle({ epochs: 5 }).factor(late)).toBeCloseTo(1 / 25 / 1e4, 12);
  expect(warmUp({ steps: 5 }).factor(late)).toBe(1);
  expect(warmUp({ steps: 4 }).factor({ epoch: 0, step: 1, stepsPerEpoch: 10 })).toBe(0.25);
  for (const steps of [1, 2, 3])
    for (let step = 0; step < steps; step++)
      expect(oneCycle({ steps }).factor({ epoch: 0, step, stepsPerEpoch: 1 })).toBeGreaterThan(0);
});

it("a warm-up in epochs counts the steps of its follower from its end", () => {
  const schedule = warmUp({ epochs: 2, followedBy: step({ steps: 10, factor: 0.5 }) });
  expect(schedule.factor({ epoch: 2, step: 20, stepsPerEpoch: 10 })).toBe(1);
  expect(schedule.factor({ epoch: 3, step: 30, stepsPerEpoch: 10 })).toBe(0.5);
});

it("says what it is", () => {
  expect(timed.warmUp?.((epochs) => ({ epochs })).name).toBe(
    "warm-up over 5 epochs, then cosine over 35 epochs",
  );
  expect(step({ steps: 1 }).name).toBe("×0.1 every 1 step");
  expect(cyclic({ steps: 5, baseLr: 0.1, maxLr: 1 }).name).toBe(
    "triangular from 0.1 to 1, 5 steps up and 5 down",
  );
  expect(joined([{ epochs: 2, schedule: schedules.constant() }], step({ epochs: 3 })).name).toBe(
    "constant for 2 epochs, then ×0.1 every 3 epochs",
  );
});

const given = (make: (options: never) => Schedule, options: unknown) => () => make(options as never);

it.each([
  [given(cosine, {}), TypeError, /either epochs or steps, but was given neither/],
  [given(cosine, { epochs: 1, steps: 1 }), TypeError, /either epochs or steps, but was given both/],
  [given(cosine, { epochs: 1, min: 0.1 }), RangeError, /given "min", the nearest is "minFactor"/],
  [given(cosine, { epochs: 1, every: "batch" }), TypeError, /every to be "epoch" or "step".*"batch"/],
  [given(cosine, { steps: 1, every: "epoch" }), TypeError, /changes at every step/],
  [given(step, { epochs: 0 }), RangeError, /schedules.step's epochs must be at least 1/],
  [given(step, { epochs: 1.5 }), RangeError, /whole number, but is 1.5/],
  [given(exponential, { epochs: 1, factor: -1 }), RangeError, /factor/],
  [given(multiStep, { epochs: 30 }), TypeError, /needs a list of epochs such as \[30, 60\]; it was given 30/],
  [given(multiStep, { epochs: [30, 30] }), RangeError, /epochs that rise, but was given \[30, 30\]/],
  [given(cosineRestarts, { epochs: 1, growth: 0.5 }), RangeError, /growth must be at least 1/],
  [given(cyclic, { steps: 5, baseLr: 0.1 }), TypeError, /cyclic's maxLr must be a number/],
  [given(cyclic, { steps: 5, baseLr: 0.1, maxLr: 1, minFactor: 0.1 }), TypeError, /some of both/],
  [
    given(cyclic, { steps: 5, mode: "triangle" }),
    RangeError,
    /triangular, triangular2 or exp_range.*"triangle"/,
  ],
  [given(cyclic, { steps: 5, gamma: 0.9 }), TypeError, /gamma needs mode "exp_range"/],
  [given(cyclic, { steps: 5, stepSizeUp: 3 }), RangeError, /"stepSizeUp", which is steps here/],
  [given(oneCycle, { steps: 5, rise: 2 }), RangeError, /rise must be at least 0 and at most 1/],
  [given(oneCycle, { steps: 5, anneal: "cos" }), RangeError, /cosine or linear, but was given "cos"/],
  [
    given(oneCycle, { steps: 5, momentum: { least: 0.9, most: 0.8 } }),
    RangeError,
    /momentum.least .* at most 0.8/,
  ],
  [given(reduceOnPlateau, { factor: 1 }), RangeError, /factor must be at least 0 and below 1/],
  [given(reduceOnPlateau, { patience: 1.5 }), RangeError, /patience must be a whole number/],
  [given(reduceOnPlateau, { monitor: "cost" }), RangeError, /which way it is better is not known/],
  [given(reduceOnPlateau, { mode: "min" }), RangeError, /which the monitor's name decides/],
  [given(warmUp, { steps: 5, followedBy: cosine }), TypeError, /given the function cosine itself: call it/],
  [given(joined as never, []), TypeError, /needs a list of \{ schedule, epochs or steps \}/],
  [
    () => joined([{ schedule: step({ epochs: 1 }) } as never], step({ epochs: 1 })),
    TypeError,
    /part 1 needs its/,
  ],
  [
    () => joined([{ steps: 5, schedule: step({ epochs: 1 }) }], 0.1 as never),
    TypeError,
    /last part needs a sched/,
  ],
] as const)("%s", (make, kind, message) => {
  expect(make).toThrowError(kind);
  expect(make).toThrowError(message);
});

it("rates of a schedule's own need the optimiser's", () => {
  const schedule = cyclic({ steps: 5, baseLr: 0.1, maxLr: 1 });
  for (const learningRate of [0, undefined])
    expect(() =>
      schedule.factor({
        step: 0,
        epoch: 0,
        stepsPerEpoch: 1,
        ...(learningRate !== undefined && { learningRate }),
      }),
    ).toThrowError(/whose learningRate is above 0; it was given/);
});
