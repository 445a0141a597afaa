import { expect, test } from "vitest";
import { Scheduled } from "../../../src/train/scheduled.js";
import { StepPlaces } from "../../../src/train/stepPlaces.js";
import type { TrainingPlan } from "../../../src/train/trainingPlan.js";

const given = {
  train: { size: 25 },
  batchSize: 4,
  accumulate: 2,
  stepsPerEpoch: 4,
  learningRate: 0.5,
  schedule: { name: "halves", factor: ({ step }: { step: number }) => 0.5 ** step },
  sampleEvery: 3,
  seed: 7,
} as unknown as TrainingPlan;
const places = (plan: Partial<TrainingPlan> = {}, isRecorded = true) => {
  const whole = { ...given, ...plan };
  return new StepPlaces(whole, new Scheduled(whole), isRecorded);
};

test("the rate is the schedule's, and every so many steps one is sampled, if somebody records it", () => {
  const some = places();
  const rates = [0, 1, 2, 3].map((step) => some.of(0, { epoch: 1, step }).options.learningRate);
  expect(rates).toEqual([0.5, 0.25, 0.125, 0.0625]);
  const sampled = (of: StepPlaces) => [0, 1, 2, 3, 6].map((step) => of.of(0, { epoch: 1, step }).isSampled);
  expect(sampled(some)).toEqual([true, false, false, true, true]);
  expect(sampled(places({}, false))).toEqual([false, false, false, false, false]);
});

test("tells the samples of an update, and its last batch", () => {
  const told = [0, 1, 6].map((batch) => places().of(batch, { epoch: 2, step: 4 }));
  expect(told.map(({ samples, isLast }) => [samples, isLast])).toEqual([
    [8, false],
    [8, true],
    [1, true],
  ]);
});

test("random numbers are those of the seed and the step or epoch, whatever was asked before", () => {
  const some = places();
  const seedsOf = (of: StepPlaces, step: number) => [0, 1, 2].map(of.of(0, { epoch: 1, step }).seed);
  const first = seedsOf(some, 0);
  const orders = [1, 2].map((epoch) => some.orderSeed(epoch));
  const late = places();
  expect([2, 1].map((epoch) => late.orderSeed(epoch))).toEqual(orders.toReversed());
  expect(seedsOf(late, 9)).toEqual(seedsOf(some, 9));
  expect(seedsOf(late, 0)).toEqual(first);
  const all = [...first, ...seedsOf(some, 1), ...seedsOf(some, 9), ...orders];
  expect(new Set(all).size).toBe(all.length);
  expect(places({ seed: 8 }).orderSeed(1)).not.toBe(orders[0]);
});
