import { expect, test } from "vitest";
import { SampleInterval } from "../../../src/train/sampleInterval.js";

/** An interval after steps of 1 ms and measured ones of so many. */
function after(measured: readonly number[], options = { every: 20, longest: 200 }): SampleInterval {
  const interval = new SampleInterval(options);
  for (const milliseconds of measured) {
    interval.tookPlain(1);
    interval.tookMeasured(milliseconds);
  }
  return interval;
}

test("stays where measured steps add no more than a twentieth", () => {
  expect(after([]).every).toBe(20);
  expect(after([500, 2, 2]).every).toBe(20);
});

test("doubles until they add no more than a twentieth, whatever the first took", () => {
  // 3 ms more than a plain step: a twentieth of 60 steps.
  expect(after([500]).every).toBe(20);
  expect(after([500, 4]).every).toBe(80);
  expect(after([500, 4, 2]).every).toBe(80);
});

test("grows no longer than it may", () => {
  expect(after([500, 100]).every).toBe(160);
  expect(after([500, 100], { every: 20, longest: 20 }).every).toBe(20);
});

test("of a longer interval are measured only steps that the shorter one has too", () => {
  const [short, long] = [after([]), after([500, 4])];
  for (let step = 0; step < 1000; step++) if (long.isSampled(step)) expect(short.isSampled(step)).toBe(true);
  expect([0, 20, 80, 160].map((step) => long.isSampled(step))).toEqual([true, false, true, true]);
});

test("without one no step is measured", () => {
  const none = after([500, 4], { every: 0, longest: 0 });
  expect([0, 1, 20].some((step) => none.isSampled(step))).toBe(false);
});
