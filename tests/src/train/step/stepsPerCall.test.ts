import { expect, it } from "vitest";
import { stepsPerCall } from "../../../../src/train/step/stepsPerCall.js";
import { StepTime } from "../../../../src/train/step/stepTime.js";

/** Of calls that took so many milliseconds a step, after one that also compiled. */
function times(...milliseconds: number[]): StepTime {
  const time = new StepTime();
  time.add(1000);
  for (const one of milliseconds) time.add(10 * one, 10);
  return time;
}

const many = { several: undefined, left: 10_000 };

it("takes one step until it knows how long one lasts", () => {
  expect([new StepTime(), times()].map((single) => stepsPerCall({ ...many, single }))).toEqual([1, 1]);
});

it("takes more steps the shorter they are, within 20 ms and 32 steps", () => {
  const counts = [0.1, 0.5, 1, 2, 3, 3.1, 500].map((one) => stepsPerCall({ ...many, single: times(one) }));
  expect(counts).toEqual([32, 32, 20, 10, 6, 1, 1]);
});

it("captures nothing for a few steps, but goes on with what is captured", () => {
  expect(stepsPerCall({ single: times(1), several: undefined, left: 299 })).toBe(1);
  expect(stepsPerCall({ single: times(1), several: times(), left: 299 })).toBe(20);
});

it("goes back to one where several are slower, and tries again after 64 steps", () => {
  const single = times(1);
  const take = (...several: number[]) => stepsPerCall({ single, several: times(...several), left: 500 });
  expect([take(2, 2), take(2, 2, 2), take(1.2, 1.2, 1.2)]).toEqual([10, 1, 16]);
  for (let i = 1; i < 64; i++) single.add(1);
  expect(take(2, 2, 2)).toBe(10);
  single.add(1);
  expect(take(2, 2, 2)).toBe(1);
});

it("takes the time of the steps it takes together once there is one", () => {
  expect(stepsPerCall({ single: times(2), several: times(0.8, 0.8, 0.8), left: 500 })).toBe(25);
});
