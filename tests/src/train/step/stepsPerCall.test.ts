import { expect, it } from "vitest";
import { stepsPerCall } from "../../../../src/train/step/stepsPerCall.js";

const many = { several: undefined, left: 10_000 };

it("takes one step until it knows how long one lasts", () => {
  expect([undefined, 0].map((single) => stepsPerCall({ ...many, single }))).toEqual([1, 1]);
});

it("takes more steps the shorter they are, within 20 ms and 32 steps", () => {
  expect([0.1, 0.5, 1, 2, 3, 3.1, 500].map((single) => stepsPerCall({ ...many, single }))).toEqual([
    32, 32, 20, 10, 6, 1, 1,
  ]);
});

it("captures nothing for a few steps, but goes on with what is captured", () => {
  expect(stepsPerCall({ single: 1, several: undefined, left: 299 })).toBe(1);
  expect(stepsPerCall({ single: 1, several: 0, left: 299 })).toBe(20);
});

it("goes back to one where several were slower", () => {
  expect([0.5, 1, 1.05, 1.2].map((several) => stepsPerCall({ single: 1, several, left: 500 }))).toEqual([
    20, 20, 20, 1,
  ]);
});
